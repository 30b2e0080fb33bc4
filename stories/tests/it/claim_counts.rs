//! getOrdClaimCnt: what is under way for a member.

use chrono::{TimeDelta, Utc};
use commerce::calendar::{kst_date_of, kst_day_start};
use dto::date_time::KstDateTime;
use local_stack::environment::Process;
use platform::clock::Clock;
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, order};

const MEMBER: &str = "100001311";

async fn counts(shop: &Storefront, purpose: &str) -> Value {
    let answer =
        shop.post("/v1/member/getOrdClaimCnt", &shop.member(MEMBER), &json!({"reqGubun": purpose})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["ordCnt"].clone()
}

/// The first instant of the Korean day so many days ago.
fn days_ago(days: i64) -> chrono::DateTime<Utc> {
    kst_day_start(kst_date_of(Clock::system().now())) - TimeDelta::days(days)
}

async fn delivered(shop: &Storefront, number: u32, at: chrono::DateTime<Utc>) {
    let order_no = format!("20260101O{number:06}");
    shop.take_in(&[order(&order_no, MEMBER, "2026-01-01T00:00:00", 1, 1_000)]).await;
    let line = json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": KstDateTime(at)}]);
    shop.move_lines(&order_no, &line).await;
}

#[actix_web::test]
async fn an_order_counts_until_the_last_moment_of_the_tenth_or_fourteenth_day_after_delivery() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    delivered(&shop, 1, days_ago(10)).await;
    delivered(&shop, 2, days_ago(10) - TimeDelta::microseconds(1)).await;
    delivered(&shop, 3, days_ago(14)).await;
    delivered(&shop, 4, days_ago(14) - TimeDelta::microseconds(1)).await;
    assert_eq!(counts(&shop, "myPage").await, 1);
    assert_eq!(counts(&shop, "quit").await, 3);
    assert_eq!(counts(&shop, "anything else").await, 3, "anything but myPage is quit");
}

#[actix_web::test]
async fn an_order_counts_while_a_line_of_it_is_on_its_way() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[order("20260101O000001", MEMBER, "2026-01-01T00:00:00", 1, 1_000)]).await;
    assert_eq!(counts(&shop, "myPage").await, 1);
    assert_eq!(counts(&shop, "quit").await, 1);
    let long_ago = json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": "2026-01-03T00:00:00"}]);
    shop.move_lines("20260101O000001", &long_ago).await;
    assert_eq!(counts(&shop, "quit").await, 0);
}

#[actix_web::test]
async fn a_confirmed_purchase_counts_by_its_delivery_and_not_by_its_confirmation() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    delivered(&shop, 1, days_ago(20)).await;
    let confirmed = json!([{"ordSeq": 1, "ordDtlStatCd": "16", "dtm": KstDateTime(days_ago(1))}]);
    shop.move_lines("20260101O000001", &confirmed).await;
    assert_eq!(counts(&shop, "quit").await, 0);
}

#[actix_web::test]
async fn the_purpose_is_required() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    for body in [json!({}), json!({"reqGubun": ""}), json!({"reqGubun": null})] {
        let answer = shop.post("/v1/member/getOrdClaimCnt", &shop.member(MEMBER), &body).await;
        assert_eq!((answer.status, answer.fields()), (900, vec!["reqGubun"]), "{body}");
    }
}

#[actix_web::test]
async fn before_the_claim_service_has_told_of_its_claims_there_is_no_count_rather_than_a_wrong_one() {
    let options = Options { down: vec![Process::Claim], ..Options::default() };
    let stack = Stack::start_with(options).await;
    let shop = stack.storefront();
    let answer =
        shop.post("/v1/member/getOrdClaimCnt", &shop.member(MEMBER), &json!({"reqGubun": "myPage"})).await;
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"), "{}", answer.text);
}
