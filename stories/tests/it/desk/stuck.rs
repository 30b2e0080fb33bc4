//! Money or coupons that stand still are seen at the desk, and go on by one key.

use local_stack::environment::Process;
use serde_json::json;

use super::browser::{Browser, REFUSED};
use super::house::House;
use crate::wait::until;

#[actix_web::test]
async fn a_stuck_claim_is_seen_and_goes_on_by_one_key() {
    let Some(browser) = Browser::open().await else { return };
    // Nothing is tried again by itself while this story lasts.
    let settings = vec![
        ("CLAIM_OUTBOX__FIRST_RETRY_MS", "3600000".to_owned()),
        ("CLAIM_OUTBOX__MAX_RETRY_MS", "3600000".to_owned()),
        ("CLAIM_CANCEL__ANSWER_DEADLINE_MS", "300".to_owned()),
    ];
    let mut house = House::open_with(settings).await;
    house.stack.stop(Process::Promotion).await;
    house.cancel(3).await;
    let claim_no = house.claims().await.remove(0);
    until("it was tried too often, because a colleague wanted it to", async || {
        house.retry(&claim_no).await;
        let tasks = house.claim(&claim_no).await["taskList"].clone();
        tasks.as_array().into_iter().flatten().any(|task| task["stepStatCd"] == "30")
    })
    .await;
    browser.sign_in(&house.stack, "A001").await;
    browser.open_at("claims").await;
    browser.find("[data-tab=attn]").await;
    browser.says(&claim_no).await;
    browser.open_at(&format!("claims/{claim_no}")).await;
    browser.says("지금 다시 시도").await;

    house.stack.start_service(Process::Promotion).await;
    until("it is done", async || {
        browser.press("t").await;
        house.claim(&claim_no).await["claimStatCd"] == "30"
    })
    .await;
    let claim = house.claim(&claim_no).await;
    let history = claim["histList"].as_array().cloned().unwrap_or_default();
    let by_agent = history.iter().any(|row| row["actCd"] == "RETRY" && row["userId"] == "A001");
    assert!(by_agent, "{history:?}");
    let amount: i64 =
        claim["rfdList"].as_array().into_iter().flatten().filter_map(|row| row["rfdAmt"].as_i64()).sum();
    assert_eq!(json!(amount), claim["cost"]["payInfo"]["rfdPrarAmt"], "the money went once");
    // Pressed once more than there was anything to try.
    browser.ends_well(&REFUSED).await;
}
