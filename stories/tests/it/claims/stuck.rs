//! A claim that stands still is found by an agent, and goes on when the agent wants it to.

use local_stack::environment::Process;
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, contract_order};

use super::*;

const MANAGED: &str = "/v1/claim/claimMgmt";

async fn found(shop: &Storefront, query: &str) -> Vec<Value> {
    let answer = shop.get(&format!("{MANAGED}/getClaimList?{query}"), &shop.agent()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["payloads"].as_array().cloned().unwrap_or_default()
}

async fn retry(shop: &Storefront, claim_no: &str) {
    let answer =
        shop.post(&format!("{MANAGED}/retryClaim"), &shop.agent(), &json!({"claimNo": claim_no})).await;
    assert!(answer.status == 200 || answer.code() == "CLAIM_NOTHING_OPEN", "{}", answer.text);
}

#[actix_web::test]
async fn a_stuck_claim_is_found_and_retried_by_an_agent_and_everything_happens_once() {
    // Nothing is tried again by itself while this story lasts.
    let settings = vec![
        ("CLAIM_OUTBOX__FIRST_RETRY_MS", "3600000".to_owned()),
        ("CLAIM_OUTBOX__MAX_RETRY_MS", "3600000".to_owned()),
        ("CLAIM_CANCEL__ANSWER_DEADLINE_MS", "300".to_owned()),
    ];
    let mut stack = Stack::start_with(Options { settings, ..Options::default() }).await;
    let shop = stack.storefront();
    issue_coupons(&shop).await;
    shop.take_in(&[contract_order()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    stack.stop(Process::Promotion).await;
    let claim_no = claim_no_of(&cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await);
    until("it was tried too often, because an agent wanted it to", async || {
        retry(&shop, &claim_no).await;
        found(&shop, "attnYn=Y&stepCd=COUPON").await.iter().any(|row| row["claimNo"] == claim_no.as_str())
    })
    .await;
    let counts = shop.get(&format!("{MANAGED}/getClaimCount"), &shop.agent()).await;
    let stuck = counts.payload()["attnList"].as_array().cloned().unwrap_or_default();
    assert!(stuck.iter().any(|one| one["stepCd"] == "COUPON" && one["cnt"] == 1), "{}", counts.text);
    let row = found(&shop, "attnYn=Y&stepCd=COUPON").await.remove(0);
    assert_eq!((&row["stepNm"], &row["stepStatCd"]), (&json!("쿠폰복원"), &json!("30")));
    assert!(row["lastRsn"].as_str().is_some_and(|reason| reason.contains("promotion-service")), "{row}");

    stack.start_service(Process::Promotion).await;
    until("it is done", async || {
        retry(&shop, &claim_no).await;
        details(&shop, &shop.member(MEMBER), ORDER, &claim_no).await["claimStatCd"] == "30"
    })
    .await;
    assert_eq!(usable_coupons(&shop).await, ["CI0001", "CI0002"]);
    assert_eq!(mileage_of(&shop, &claim_no).await, [("29".to_owned(), 3_000)]);
    assert_eq!(given_back(&stack, ORDER).await.len(), 1);
    let detail = shop.get(&format!("{MANAGED}/getClaimDetail?claimNo={claim_no}"), &shop.agent()).await;
    let detail = detail.payload();
    assert_eq!((&detail["reqUserId"], &detail["reqRoleCd"]), (&json!(MEMBER), &json!("MEMBER")));
    let history = detail["histList"].as_array().cloned().unwrap_or_default();
    let retried = history.last().cloned().unwrap_or_default();
    assert_eq!((&retried["actCd"], &retried["roleCd"]), (&json!("RETRY"), &json!("AGENT")));
    assert!(retried["userId"].is_string());
    assert_books(&stack, 1).await;
}
