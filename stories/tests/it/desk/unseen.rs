//! What every story ends with would find something.

use stories::{Options, Stack};

use super::browser::Browser;
use crate::wait::until;

#[actix_web::test]
async fn what_goes_wrong_unseen_is_found() {
    let Some(browser) = Browser::open().await else { return };
    let stack = Stack::start_with(Options { has_issuer: true, ..Options::default() }).await;
    browser.sign_in(&stack, "A001").await;
    browser.says("김상담").await;
    assert_eq!(browser.seen().await, Vec::<String>::new());
    let wrong = "
        setTimeout(() => { throw new Error('thrown') });
        setTimeout(() => { Promise.reject(new Error('rejected by nobody')) });
        console.error('written');
        fetch('/nowhere').then((answer) => answer.text());
        document.body.setAttribute('style', 'color: red');
        const script = document.createElement('script');
        try { script.textContent = 'document.title = 1'; } catch (refused) { console.error(String(refused)); }
        document.querySelector('main').append(document.createElement('img'));";
    browser.driver.execute(wrong).await;
    for part in ["thrown", "rejected by nobody", "written", "load: 404", "policy: style-src", "TrustedScript"]
    {
        let is_seen = async || browser.seen().await.iter().any(|one| one.contains(part));
        until(&format!("{part} is among {:?}", browser.seen().await), is_seen).await;
    }
    let found = browser.barriers().await.to_string();
    assert!(found.contains("image-alt"), "{found}");
    browser.close().await;
}
