//! Claims that another system took reach the sums of their orders.

use chrono::TimeDelta;
use dto::date_time::KstDateTime;
use platform::clock::Clock;
use stories::order;

use super::*;

const RETURNED: &str = "20261101O000001";

async fn import(shop: &Storefront, claims: &Value) -> Value {
    let answer = shop.post("/v1/claim/claims", &shop.service(), &json!({ "claims": claims })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload().clone()
}

fn returned(serial: u32, status: &str, quantity: i64) -> Value {
    let done = (status == "30").then_some("2026-11-04T10:00:00");
    json!({"claimNo": format!("20261103C{serial:06}"), "ordNo": RETURNED, "claimBusinessType": "20",
        "claimStatCd": status, "claimRsnCd": "251", "reqDtm": "2026-11-03T10:00:00", "cmplDtm": done,
        "goodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}

#[actix_web::test]
async fn a_return_lowers_the_sum_and_ends_the_line_once_it_is_complete() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[order(RETURNED, MEMBER, "2026-11-01T00:00:00", 3, 10_000)]).await;
    let yesterday = Clock::system().now() - TimeDelta::days(1);
    let delivered = json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": KstDateTime(yesterday)}]);
    shop.move_lines(RETURNED, &delivered).await;
    assert_eq!(counts(&shop, "quit").await, (Some(1), Some(0)));

    import(&shop, &json!([returned(1, "10", 1), returned(2, "10", 2)])).await;
    assert_eq!(order_amount(&shop, RETURNED).await, Some(30_000), "nothing has come back yet");
    assert_eq!(counts(&shop, "quit").await, (Some(1), Some(2)));
    let taken = import(&shop, &json!([returned(1, "30", 1)])).await;
    assert_eq!(taken, json!({"created": 0, "updated": 1, "unchanged": 0}));
    until("the sum falls", async || order_amount(&shop, RETURNED).await == Some(20_000)).await;
    assert_eq!(import(&shop, &json!([returned(1, "30", 1)])).await["unchanged"], 1);
    assert_eq!(counts(&shop, "quit").await, (Some(1), Some(1)));
    import(&shop, &json!([returned(2, "30", 2)])).await;
    until("nothing is left", async || order_amount(&shop, RETURNED).await.is_none()).await;
    assert_eq!(counts(&shop, "quit").await, (Some(0), Some(0)));
    assert!(stack.sent_messages().is_empty(), "the other system has told the customer");
    assert_eq!(given_back(&stack, RETURNED).await, Vec::<String>::new());
    assert_books(&stack, 0).await;
}
