//! 진행 클레임 비용: what settling an open return, or inspecting an open exchange, would come to now.

use serde_json::{Value, json};
use test_kit::dump::all_rows;
use test_kit::identity::{admin, agent, guest, member};

use crate::app::TestApp;
use crate::cancel::{claim_no_of, with};
use crate::goods_back::{
    assert_refused, delivered, exchange_of, inspection, number_in, paid, return_of, row,
};
use crate::member::{GUEST_ORDER, MEMBER, ORDER, plain_order};
use crate::quote::request;

fn of(claim_no: &str) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no})
}

async fn cost(app: &TestApp, request: &Value) -> Value {
    let answer = app.preview(&agent("cs1"), request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

#[actix_web::test]
async fn an_open_return_comes_to_what_was_shown_and_nothing_changes() {
    let app = delivered().await;
    let shown =
        app.preview(&member(MEMBER), &with(return_of("251", 1), "claimBusinessType", json!("20"))).await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.until_outbox_is_empty().await;
    app.until_all_is_told().await;
    let before = all_rows(&app.db).await;
    let mut expected = shown.json.clone();
    expected["claimNo"] = json!(claim_no);
    assert_eq!(expected["estmYn"], "Y");
    for caller in [member(MEMBER), agent("cs1"), admin("boss")] {
        // What else is sent is not looked at.
        let asked = with(with(of(&claim_no), "claimRsnCd", json!("none")), "claimGoodsList", json!([{}]));
        assert_eq!(app.preview(&caller, &asked).await.json, expected);
    }
    // That an agent and an admin looked has been told.
    app.until_outbox_is_empty().await;
    assert_eq!(all_rows(&app.db).await, before);
}

#[actix_web::test]
async fn what_is_found_changes_it_and_so_does_another_claim() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    assert_eq!(cost(&app, &of(&claim_no)).await["payInfo"]["rfdPrarAmt"], 23_000);
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 1)])).await, "20");
    assert_eq!(cost(&app, &of(&claim_no)).await["payInfo"]["rfdPrarAmt"], 7_000);
    let other = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_eq!(cost(&app, &of(&other)).await["payInfo"]["rfdPrarAmt"], 7_000);
    let settled = app.settle(&claim_no, true).await;
    assert_eq!(settled.payload()["list"][0]["claimStatCd"], "30", "{}", settled.text);
    // The delivery is charged already; now the other discount is lost.
    assert_eq!(cost(&app, &of(&other)).await["payInfo"]["rfdPrarAmt"], 13_000);
}

#[actix_web::test]
async fn an_exchanges_fee_goes_by_what_was_found() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    let open = cost(&app, &of(&claim_no)).await;
    let info = &open["payInfo"];
    assert_eq!(
        (&info["rfdPrarAmt"], &info["addPayPrarAmt"], &info["prepayAmt"], &info["prepayRfdAmt"]),
        (&json!(0), &json!(6_000), &json!(6_000), &json!(0))
    );
    let waived = cost(&app, &with(of(&claim_no), "wvAmt", json!(6_000))).await;
    assert_eq!(
        (&waived["payInfo"]["addPayPrarAmt"], &waived["payInfo"]["prepayRfdAmt"]),
        (&json!(0), &json!(6_000))
    );
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    assert_refused(&app.preview(&agent("cs1"), &of(&claim_no)).await, "CLAIM_STATUS_CONFLICT", &[]);
}

#[actix_web::test]
async fn only_an_agent_waives_and_no_more_than_the_customer_bears() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let waiving = |amount: i64| with(of(&claim_no), "wvAmt", json!(amount));
    assert_eq!(cost(&app, &waiving(6_000)).await["payInfo"]["rfdPrarAmt"], 13_000);
    // 3,334 taken back, 3,000 out and 3,000 back.
    assert_eq!(cost(&app, &waiving(9_334)).await["payInfo"]["rfdPrarAmt"], 16_334);
    for amount in [-1, 9_335] {
        assert_refused(&app.preview(&agent("cs1"), &waiving(amount)).await, "VALIDATION", &["wvAmt"]);
    }
    assert_refused(&app.preview(&member(MEMBER), &waiving(0)).await, "VALIDATION", &["wvAmt"]);
}

#[actix_web::test]
async fn a_claim_that_is_not_open_or_no_return_has_no_such_cost() {
    let app = delivered().await;
    let withdrawn = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let path = contract::operations::claim::WITHDRAWAL_RETURN_FO.path;
    assert_eq!(app.service.post(path, &member(MEMBER), &of(&withdrawn)).await.status, 200);
    let settled = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&settled).await;
    assert_eq!(app.settle(&settled, true).await.payload()["list"][0]["claimStatCd"], "30");
    for claim_no in [&withdrawn, &settled] {
        assert_refused(&app.preview(&member(MEMBER), &of(claim_no)).await, "CLAIM_STATUS_CONFLICT", &[]);
    }
    let imported = "20260809C000900";
    let answer = app
        .import(json!([{"claimNo": imported, "ordNo": ORDER, "claimBusinessType": "20", "claimStatCd": "10",
            "claimRsnCd": "251", "reqDtm": "2026-08-09T10:00:00", "cmplDtm": null,
            "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_refused(&app.preview(&member(MEMBER), &of(imported)).await, "CLAIM_STATUS_CONFLICT", &[]);
    let other = "20260801O000030";
    app.member.put(plain_order(other, &[(1, 1_000)], "10"));
    let cancel = claim_no_of(&app.cancel(&member(MEMBER), &request(other, "251", &[(1, 1)])).await);
    let asked = json!({"ordNo": other, "claimNo": cancel});
    assert_refused(&app.preview(&member(MEMBER), &asked).await, "CLAIM_STATUS_CONFLICT", &[]);
    // A claim of another order is none of this one.
    assert_refused(&app.preview(&agent("cs1"), &of(&cancel)).await, "CLAIM_NOT_FOUND", &[]);
}

#[actix_web::test]
async fn anothers_claim_is_nobodys_to_look_at() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let unknown = "20260810C999999";
    for (caller, no) in [
        (member("100001312"), claim_no.as_str()),
        (guest(GUEST_ORDER), claim_no.as_str()),
        (member(MEMBER), unknown),
    ] {
        assert_eq!(app.preview(&caller, &of(no)).await.status, 403);
    }
    assert_refused(&app.preview(&agent("cs1"), &of(unknown)).await, "CLAIM_NOT_FOUND", &[]);
    assert_refused(
        &app.preview(&agent("cs1"), &json!({"claimNo": "C1"})).await,
        "VALIDATION",
        &["ordNo", "claimNo"],
    );
}
