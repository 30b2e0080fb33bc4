//! getOrdTotAmt: what a member bought in a period.

use serde_json::{Value, json};
use stories::{Stack, Storefront, contract_order, order};

const MEMBER: &str = "100001311";

async fn total(shop: &Storefront, from: &str, to: &str) -> Value {
    let body = json!({"mbrNo": MEMBER, "buyStrDtm": from, "buyEndDtm": to});
    let answer = shop.post("/v1/member/getOrdTotAmt", &shop.member(MEMBER), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

#[actix_web::test]
async fn an_order_counts_with_its_goods_after_every_discount() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    // 3 × 20,000 less 6,000 and 5,000; the order carries no delivery fee, and none would count.
    assert_eq!(
        total(&shop, "2026-08-01T10:00:00+09:00", "2026-08-01T10:00:00+09:00").await,
        json!({
            "orderList": [{"ordNo": "20260801O000001", "ordDtm": "2026-08-01T10:00:00+09:00", "ordAmt": 49_000}],
            "totOrdAmt": 49_000,
        })
    );
}

#[actix_web::test]
async fn the_edges_of_a_period_are_exact_to_the_microsecond_in_every_time_zone() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let edge = "2026-09-01T00:00:00.123456+09:00";
    shop.take_in(&[order("20260901O000001", MEMBER, edge, 1, 1_000)]).await;
    let counts = async |from: &str, to: &str| total(&shop, from, to).await["totOrdAmt"] == 1_000;

    assert!(counts(edge, edge).await);
    assert!(counts("2026-08-31T15:00:00.123456Z", "2026-08-31T15:00:00.123456Z").await, "UTC");
    assert!(counts("2026-08-31T11:00:00.123456-04:00", "2026-08-31T11:00:00.123456-04:00").await, "New York");
    assert!(
        counts("2026-09-01 00:00:00.123456", "2026-09-01T00:00:00.123456").await,
        "no offset is Korean time"
    );
    assert!(!counts("2026-09-01T00:00:00.123457", "2026-09-02T00:00:00").await, "a microsecond too late");
    assert!(!counts("2026-08-01T00:00:00", "2026-09-01T00:00:00.123455").await, "a microsecond too early");
    assert!(!counts("2026-09-01T00:00:00.123456001", "2026-09-02T00:00:00").await, "a nanosecond too late");
    assert!(counts("2026-08-01T00:00:00", "2026-09-01T00:00:00.123456999").await, "nanoseconds at the end");
    assert_eq!(total(&shop, edge, edge).await["orderList"][0]["ordDtm"], edge);
}

#[actix_web::test]
async fn the_newest_order_comes_first_and_the_list_is_never_cut() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let orders: Vec<Value> = (1..=250)
        .map(|n| {
            let minute = n % 60;
            order(&format!("20260701O{n:06}"), MEMBER, &format!("2026-07-01T10:{minute:02}:00"), 1, n)
        })
        .collect();
    shop.take_in(&orders).await;
    let answer = total(&shop, "2026-07-01T00:00:00", "2026-07-02T00:00:00").await;
    let list = answer["orderList"].as_array().expect("a list");
    assert_eq!(list.len(), 250);
    assert_eq!(answer["totOrdAmt"], (1..=250).sum::<i64>());
    let times: Vec<&str> = list.iter().filter_map(|row| row["ordDtm"].as_str()).collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "newest first");
}

#[actix_web::test]
async fn an_order_that_waits_for_payment_does_not_count_until_it_is_paid() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let mut waiting = order("20260901O000001", MEMBER, "2026-09-01T00:00:00", 2, 1_000);
    waiting["goodsList"][0]["ordDtlStatCd"] = json!("10");
    shop.take_in(&[waiting]).await;
    assert_eq!(
        total(&shop, "2026-09-01T00:00:00", "2026-09-02T00:00:00").await,
        json!({"orderList": [], "totOrdAmt": 0})
    );
    let paid = json!([{"ordSeq": 1, "ordDtlStatCd": "11", "dtm": "2026-09-01T01:00:00"}]);
    shop.move_lines("20260901O000001", &paid).await;
    assert_eq!(total(&shop, "2026-09-01T00:00:00", "2026-09-02T00:00:00").await["totOrdAmt"], 2_000);
}

#[actix_web::test]
async fn sums_for_the_pieces_of_a_period_add_up_to_the_whole() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let orders: Vec<Value> = (1..=28)
        .map(|day| {
            order(
                &format!("202602{day:02}O000001"),
                MEMBER,
                &format!("2026-02-{day:02}T12:00:00"),
                1,
                1_000 + day,
            )
        })
        .collect();
    shop.take_in(&orders).await;
    let whole = total(&shop, "2026-02-01T00:00:00", "2026-02-28T23:59:59.999999").await["totOrdAmt"].as_i64();
    let mut pieces = 0;
    for (from, to) in [("01", "07"), ("08", "08"), ("09", "20"), ("21", "28")] {
        let from = format!("2026-02-{from}T00:00:00");
        let to = format!("2026-02-{to}T23:59:59.999999");
        pieces += total(&shop, &from, &to).await["totOrdAmt"].as_i64().expect("a sum");
    }
    assert_eq!(whole, Some(pieces));
}
