use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER, TOTALS, order, order_with, plain_order};

/// Asks for a period and answers the numbers of the orders in it and their sum.
async fn ask(app: &TestApp, from: &str, to: &str) -> (Vec<String>, i64) {
    let answer = ask_raw(app, from, to).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let orders = answer.json["orderList"].as_array().unwrap();
    let numbers = orders.iter().map(|order| order["ordNo"].as_str().unwrap().to_owned()).collect();
    (numbers, answer.json["totOrdAmt"].as_i64().unwrap())
}

async fn ask_raw(app: &TestApp, from: &str, to: &str) -> TestAnswer {
    let body = json!({"mbrNo": MEMBER, "buyStrDtm": from, "buyEndDtm": to});
    app.service.post(TOTALS, &member(MEMBER), &body).await
}

fn numbers(list: &[&str]) -> Vec<String> {
    list.iter().map(|number| (*number).to_owned()).collect()
}

#[tokio::test]
async fn an_order_counts_its_goods_after_every_discount_and_no_fee() {
    let mut with_fee = order_with("20260802O000002", &json!({"ordDtm": "2026-08-02T10:00:00.000001+09:00"}));
    with_fee["deliGrpList"][0]["chrgDeliAmt"] = json!(3_000);
    with_fee["payList"][0]["payAmt"] = json!(49_000);
    let app = TestApp::spawn().await.with_orders(&[order(), with_fee]).await;
    assert_eq!(
        app.totals().await.json,
        json!({"orderList": [
            {"ordNo": "20260802O000002", "ordDtm": "2026-08-02T10:00:00.000001+09:00", "ordAmt": 49_000},
            {"ordNo": ORDER, "ordDtm": "2026-08-01T10:00:00+09:00", "ordAmt": 49_000},
        ], "totOrdAmt": 98_000})
    );
}

#[tokio::test]
async fn microseconds_count_and_both_ends_belong_to_the_period() {
    let at = |number: &str, time: &str| plain_order(number, MEMBER, time, 1_000, "11");
    let app = TestApp::spawn().await;
    let app = app
        .with_orders(&[
            at("20260801O000001", "2026-08-01T10:00:00.000001+09:00"),
            at("20260801O000002", "2026-08-01T10:00:00.000002+09:00"),
            at("20260801O000003", "2026-08-01T10:00:00.000003+09:00"),
        ])
        .await;
    let (one, two, three) = ("20260801O000001", "20260801O000002", "20260801O000003");
    let check = async |from: &str, to: &str, expected: &[&str]| {
        assert_eq!(
            ask(&app, from, to).await,
            (numbers(expected), i64::try_from(expected.len()).unwrap() * 1_000)
        );
    };
    check("2026-08-01T10:00:00.000001", "2026-08-01T10:00:00.000003", &[three, two, one]).await;
    check("2026-08-01T10:00:00.000002", "2026-08-01T10:00:00.000002", &[two]).await;
    // Nanoseconds beyond a microsecond let nothing in that is not inside.
    check("2026-08-01T10:00:00.000001001", "2026-08-01T10:00:00.000002999", &[two]).await;
    check("2026-08-01T10:00:00.000001001", "2026-08-01T10:00:00.000001999", &[]).await;
    check("2026-08-01T10:00:00", "2026-08-01T10:00:00.000000999", &[]).await;
}

#[tokio::test]
async fn a_period_is_an_instant_to_an_instant_wherever_its_clock_stands() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    for (from, to) in [
        ("2026-08-01T10:00:00+09:00", "2026-08-01T10:00:00+09:00"),
        ("2026-08-01T01:00:00Z", "2026-08-01T01:00:00z"),
        ("2026-07-31 18:00:00-07:00", "2026-08-01t06:30:00+05:30"),
        ("2026-08-01 10:00:00", "2026-08-01T10:00:00"),
    ] {
        assert_eq!(ask(&app, from, to).await.0, [ORDER], "{from} {to}");
    }
    assert_eq!(ask(&app, "2026-08-01T10:00:00Z", "2026-08-01T11:00:00Z").await.0, [""; 0]);
}

#[tokio::test]
async fn only_paid_orders_of_the_member_and_the_site_count() {
    let app = TestApp::spawn().await;
    let at = "2026-08-01T10:00:00";
    let mut elsewhere = plain_order("20260801O000012", MEMBER, at, 5, "11");
    elsewhere["siteNo"] = json!("2");
    let app = app
        .with_orders(&[
            plain_order("20260801O000010", MEMBER, at, 1, "11"),
            plain_order("20260801O000011", MEMBER, at, 3, "10"),
            elsewhere,
            plain_order("20260801O000013", "100001399", at, 7, "11"),
            plain_order("20260801O000014", MEMBER, at, 0, "11"),
        ])
        .await;
    assert_eq!(ask(&app, at, at).await, (numbers(&["20260801O000010"]), 1));
    let body = json!({"mbrNo": MEMBER, "buyStrDtm": at, "buyEndDtm": at});
    let on_two = app.service.post(TOTALS, &on_site(member(MEMBER), "2"), &body).await;
    assert_eq!(on_two.json["totOrdAmt"], 5);
}

#[tokio::test]
async fn staff_may_ask_for_anybody_and_a_member_for_itself_alone() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let body =
        json!({"mbrNo": MEMBER, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    for caller in [agent("a1"), service("shop")] {
        assert_eq!(app.service.post(TOTALS, &caller, &body).await.json["totOrdAmt"], 49_000);
    }
    for caller in [member("100001399"), guest(ORDER)] {
        assert_eq!(app.service.post(TOTALS, &caller, &body).await.status, 403);
    }
}

#[tokio::test]
async fn a_period_that_can_not_be_is_refused_by_field() {
    let app = TestApp::spawn().await;
    let check = async |body: Value, fields: &[&str]| {
        let answer = app.service.post(TOTALS, &member(MEMBER), &body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", fields.to_vec()));
    };
    let period = |from: &str, to: &str| json!({"mbrNo": MEMBER, "buyStrDtm": from, "buyEndDtm": to});
    check(json!({}), &["mbrNo", "buyStrDtm", "buyEndDtm"]).await;
    check(json!({"mbrNo": "x", "buyStrDtm": "", "buyEndDtm": null}), &["mbrNo", "buyStrDtm", "buyEndDtm"])
        .await;
    check(period("2026-08-01", "2026-13-01T00:00:00"), &["buyStrDtm", "buyEndDtm"]).await;
    check(period("2026-08-01T00:00:00.000000001", "2026-08-01T00:00:00"), &["buyEndDtm"]).await;
    check(period("2016-08-01T00:00:00", "2026-08-01T00:00:00.000001"), &["buyEndDtm"]).await;
    assert_eq!(ask(&app, "2016-08-01T00:00:00", "2026-08-01T00:00:00").await, (Vec::new(), 0));
}

#[tokio::test]
async fn what_was_cancelled_or_returned_no_longer_counts() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    // What a claim will do: take units off a line, then move the line and so the sums.
    app.write(|conn| {
        use diesel::prelude::*;
        Ok(diesel::sql_query("UPDATE ord_line SET cncl_qty = 1, rtn_qty = 1").execute(conn)?)
    })
    .await;
    app.move_line(ORDER, "12", "2026-08-02T10:00:00").await;
    // One of three is left: 20,000 less a third of 11,000, rounded up.
    assert_eq!(app.totals().await.json["totOrdAmt"], 16_333);
}
