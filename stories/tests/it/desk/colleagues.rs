//! Two agents at two desks: whoever is faster has it, and the other one hears of it with its text in hand.

use std::collections::BTreeSet;

use super::browser::{Browser, REFUSED};
use super::house::House;
use super::webdriver::ESCAPE;
use crate::wait::until;

const ANSWER: &str = "textarea#answer";
const ROUNDS: usize = 4;

/// The inquiry this desk is given next.
async fn take_next(browser: &Browser) -> String {
    let before = browser.driver.address().await;
    browser.press("n").await;
    until("an inquiry is taken", async || browser.driver.address().await != before).await;
    let address = browser.driver.address().await;
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn two_agents_take_the_next_and_get_two() {
    let (Some(one), Some(other)) = (Browser::open().await, Browser::open().await) else { return };
    let house = House::open().await;
    let mut waiting = BTreeSet::new();
    for place in 0..2 * ROUNDS {
        waiting.insert(house.written(&format!("문의 {place}"), "언제 오나요?").await);
    }
    one.sign_in(&house.stack, "A001").await;
    other.sign_in(&house.stack, "A002").await;
    for browser in [&one, &other] {
        browser.says("문의 0").await;
    }
    let mut taken = BTreeSet::new();
    for _ in 0..ROUNDS {
        let (first, second) = tokio::join!(take_next(&one), take_next(&other));
        assert!(taken.insert(first.clone()), "{first} was taken twice");
        assert!(taken.insert(second.clone()), "{second} was taken twice");
    }
    assert_eq!(taken, waiting);
    one.ends_well(&[]).await;
    other.ends_well(&[]).await;
}

#[actix_web::test]
async fn two_agents_start_at_once_and_one_owns_it() {
    let (Some(one), Some(other)) = (Browser::open().await, Browser::open().await) else { return };
    let house = House::open().await;
    one.sign_in(&house.stack, "A001").await;
    other.sign_in(&house.stack, "A002").await;
    for round in 0..ROUNDS {
        let ccn_no = house.written(&format!("문의 {round}"), "언제 오나요?").await;
        for browser in [&one, &other] {
            browser.open_at(&format!("counsel/{ccn_no}")).await;
            until("the inquiry is open", async || {
                browser.text_of(".inquiry h2").await == format!("문의 {round}")
            })
            .await;
            browser.type_into(ANSWER, &format!("답변 {round}")).await;
            browser.find("[data-draft=saved]").await;
            browser.type_into(ANSWER, ESCAPE).await;
        }
        tokio::join!(one.press("b"), other.press("b"));
        until("somebody has it", async || house.state(&ccn_no).await == "20").await;
        let owner = house.owner(&ccn_no).await;
        let (loser, name) = if owner == "A001" { (&other, "A001") } else { (&one, "A002") };
        loser.says(&format!("{name} 님이 이 문의를 처리하고 있습니다")).await;
        assert_eq!(loser.value(ANSWER).await, format!("답변 {round}"));
    }
    // One of two is refused each time, and its page says so.
    one.ends_well(&REFUSED).await;
    other.ends_well(&REFUSED).await;
}
