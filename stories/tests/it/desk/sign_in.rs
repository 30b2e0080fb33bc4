//! Who comes in at the desk, and how.

use stories::{Options, Stack};

use super::browser::Browser;

#[actix_web::test]
async fn an_agent_signs_in_and_is_greeted_by_name() {
    let Some(browser) = Browser::open().await else { return };
    let stack = Stack::start_with(Options { has_issuer: true, ..Options::default() }).await;
    browser.sign_in(&stack, "A001").await;
    browser.says("김상담").await;
    let address = browser.driver.address().await;
    assert!(!address.contains('?'), "no code stays in {address}");
    browser.ends_well(&[]).await;
}
