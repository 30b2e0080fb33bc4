//! A sister goes down after a cancel was accepted, and comes back.

use local_stack::environment::Process;
use serde_json::json;
use stories::{Options, Stack, contract_order, order};

use super::*;

/// The answer does not wait for who is down.
fn impatient() -> Vec<(&'static str, String)> {
    vec![("CLAIM_CANCEL__ANSWER_DEADLINE_MS", "300".to_owned())]
}

fn status_of<'a>(steps: &'a [(String, String)], step: &str) -> &'a str {
    steps.iter().find(|(name, _)| name == step).map_or("", |(_, status)| status)
}

#[actix_web::test]
async fn what_promotion_service_has_to_do_waits_for_it_and_happens_once() {
    let mut stack = patient_house_with(impatient()).await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10)]).await;
    issue_coupons(&shop).await;
    shop.take_in(&[contract_order()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    stack.stop(Process::Promotion).await;

    let answer = cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await;
    let claim_no = claim_no_of(&answer);
    assert_eq!(answer.payload()["claimStatCd"], "20", "{}", answer.text);
    until("what hangs on nobody else is done", async || {
        let steps = steps_of(&details(&shop, &shop.member(MEMBER), ORDER, &claim_no).await);
        ["ORDER", "REFUND", "STOCK"].iter().all(|step| status_of(&steps, step) == "20")
    })
    .await;
    let shown = details(&shop, &shop.member(MEMBER), ORDER, &claim_no).await;
    let steps = steps_of(&shown);
    for step in ["COUPON", "MILEAGE"] {
        assert!(matches!(status_of(&steps, step), "10" | "30"), "{steps:?}");
    }
    assert_eq!((status_of(&steps, "NOTI"), &shown["claimStatCd"]), ("10", &json!("20")));
    assert!(messages_about(&stack, &claim_no).is_empty());
    assert_eq!(order_amount(&shop, ORDER).await, None, "the order has heard of it");

    stack.start_service(Process::Promotion).await;
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    let steps = ["ORDER", "REFUND", "STOCK", "COUPON", "MILEAGE", "NOTI"];
    assert_eq!(steps_of(&shown), all_done(&steps));
    assert_eq!(usable_coupons(&shop).await, ["CI0001", "CI0002"]);
    assert_eq!(mileage_of(&shop, &claim_no).await, [("29".to_owned(), 3_000)]);
    assert_eq!(stock(&shop).await, stocks(&[("001", 13)]));
    until("the customer is told", async || messages_about(&stack, &claim_no).len() >= 2).await;
    assert_eq!(messages_about(&stack, &claim_no), told_by("CLAIM_COMPLETED"));
    assert_eq!(inbox_about(&shop, &claim_no).await, ["CLAIM_COMPLETED"]);
    assert_eq!(given_back(&stack, ORDER).await.len(), 1);
    assert_books(&stack, 1).await;
}

#[actix_web::test]
async fn a_customer_is_told_once_though_member_service_went_down_before() {
    let mut stack = patient_house_with(impatient()).await;
    let shop = stack.storefront();
    issue_coupons(&shop).await;
    shop.take_in(&[contract_order()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    // Without promotion-service the claim comes as far as the order's word, and no further than the coupons.
    stack.stop(Process::Promotion).await;
    let claim_no = claim_no_of(&cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await);
    until("the order has heard of it", async || order_amount(&shop, ORDER).await.is_none()).await;
    stack.stop(Process::Member).await;
    stack.start_service(Process::Promotion).await;
    until("the coupons are back", async || usable_coupons(&shop).await == ["CI0001", "CI0002"]).await;
    until("the mileage is back", async || balance(&shop).await == Some(0)).await;
    let asked = json!({"ordNo": ORDER, "claimNo": claim_no});
    assert_eq!(shop.post(DETAILS, &shop.agent(), &asked).await.status, 503, "nothing old is shown");
    assert_eq!(cancel(&shop, &shop.agent(), &request(ORDER, 1)).await.status, 503);

    stack.start_service(Process::Member).await;
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!(steps_of(&shown), all_done(&["ORDER", "REFUND", "STOCK", "COUPON", "MILEAGE", "NOTI"]));
    until("the customer is told", async || messages_about(&stack, &claim_no).len() >= 2).await;
    assert_eq!(messages_about(&stack, &claim_no), told_by("CLAIM_COMPLETED"));
    assert_eq!(inbox_about(&shop, &claim_no).await, ["CLAIM_COMPLETED"]);
    assert_books(&stack, 1).await;
}

/// The order's own news and the cancel's come to promotion-service in any order, both late.
#[actix_web::test]
async fn an_order_taken_and_cancelled_while_promotion_service_is_down_leaves_nothing_used() {
    let settings = vec![
        ("CLAIM_OUTBOX__FIRST_RETRY_MS", "100".to_owned()),
        ("CLAIM_OUTBOX__MAX_RETRY_MS", "300".to_owned()),
        ("MEMBER_OUTBOX__FIRST_RETRY_MS", "100".to_owned()),
        ("MEMBER_OUTBOX__MAX_RETRY_MS", "1500".to_owned()),
        ("CLAIM_CANCEL__ANSWER_DEADLINE_MS", "300".to_owned()),
    ];
    let mut stack = Stack::start_with(Options { settings, ..Options::default() }).await;
    let shop = stack.storefront();
    issue_coupons(&shop).await;
    stack.stop(Process::Promotion).await;
    shop.take_in(&[contract_order()]).await;
    let claim_no = claim_no_of(&cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await);
    stack.start_service(Process::Promotion).await;
    details_in(&shop, ORDER, &claim_no, "30").await;
    until("both have come", async || balance(&shop).await == Some(0)).await;
    assert_eq!(usable_coupons(&shop).await, ["CI0001", "CI0002"]);
    assert_books(&stack, 1).await;
}

#[actix_web::test]
async fn a_cancel_is_carried_on_by_the_process_that_comes_after() {
    let mut stack = patient_house_with(impatient()).await;
    let shop = stack.storefront();
    shop.take_in(&[order("20261101O000001", MEMBER, "2026-11-01T00:00:00", 1, 10_000), contract_order()])
        .await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    stack.stop(Process::Promotion).await;
    let claim_no = claim_no_of(&cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await);
    stack.stop(Process::Claim).await;
    stack.start_service(Process::Promotion).await;
    stack.start_service(Process::Claim).await;
    details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!(mileage_of(&shop, &claim_no).await, [("29".to_owned(), 3_000)]);
    until("the customer is told", async || messages_about(&stack, &claim_no).len() >= 2).await;
    assert_eq!(messages_about(&stack, &claim_no), told_by("CLAIM_COMPLETED"));
    assert_eq!(given_back(&stack, ORDER).await.len(), 1);
    assert_books(&stack, 1).await;
}
