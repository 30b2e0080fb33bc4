//! What is undecided of an order or a claim is waited for; what others say to it then is what happened.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;
use test_kit::identity::{agent, member};

use super::desk::{named, one_back, parcel, stands};
use crate::app::{House, TestApp};
use crate::cancel::with;
use crate::goods_back::{assert_refused, delivered, delivered_in, noon, number_in, return_of, shirts};
use crate::member::{MEMBER, ORDER};
use crate::promotion::FreeReturn;
use crate::stand_in::Mood;

/// Whose answers do not wait long.
async fn hurried() -> TestApp {
    delivered_in(House::at(noon()).with("CANCEL__ANSWER_DEADLINE_MS", "300"), |_| {}).await
}

#[actix_web::test]
async fn from_its_settlement_on_a_claim_is_a_conflict_and_others_of_its_order_wait() {
    let app = hurried().await;
    let other = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    app.until_outbox_is_empty().await;
    app.member.0.feels(&format!("{ORDER}/claims"), Mood::Down);
    let settled = app.settle(&claim_no, true).await;
    assert_eq!(settled.payload()["list"][0]["claimStatCd"], "20", "{}", settled.text);
    // Its own cost is final, whatever the order says.
    assert_refused(&app.withdraw_return(&agent("cs1"), &claim_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_refused(&app.reject(&claim_no, "02", None).await, "CLAIM_STATUS_CONFLICT", &[]);
    // The order is being decided on.
    assert_refused(&app.withdraw_return(&member(MEMBER), &other).await, "CLAIM_IN_PROGRESS", &[]);
    let moved = app.save_status(&agent("cs1"), ("33", "34"), &[parcel(&other)]).await;
    assert_refused(&moved, "CLAIM_IN_PROGRESS", &[]);
    assert_refused(&app.ask_return(&return_of("251", 1)).await, "CLAIM_IN_PROGRESS", &[]);
    app.member.0.recovers();
    app.clock.advance(TimeDelta::seconds(1));
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(app.withdraw_return(&member(MEMBER), &other).await.status, 200);
    app.details_in(ORDER, &other, "90").await;
    app.assert_books().await;
}

#[actix_web::test]
async fn a_claim_whose_coupon_nobody_has_spoken_for_is_waited_for() {
    let app = hurried().await;
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI15", MEMBER)];
    app.promotion.feels("/internal/coupons/hold", Mood::Down);
    let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!("CI15"));
    let claim_no = number_in(&app.ask_return(&asked).await, "10");
    assert_eq!(stands(&app, &claim_no).await, "31");
    for refused in [
        app.approve(&claim_no, None).await,
        app.reject(&claim_no, "01", None).await,
        app.withdraw_return(&member(MEMBER), &claim_no).await,
    ] {
        assert_refused(&refused, "CLAIM_IN_PROGRESS", &[]);
    }
    // Another one's claim, or none, is not waited for.
    assert_eq!(app.withdraw_return(&member("100001312"), &claim_no).await.status, 403);
    assert!(app.member.0.world().notices.is_empty());
    app.promotion.recovers();
    app.clock.advance(TimeDelta::seconds(1));
    app.until_details(&claim_no, |details| details["claimStatCd"] == "20").await;
    assert_eq!(stands(&app, &claim_no).await, "33");
    assert_eq!(app.told().await, ["CLAIM_RECEIVED"]);
}

#[actix_web::test]
async fn a_coupon_that_is_gone_ends_the_claim_and_nothing_else_has_happened() {
    let app = delivered().await;
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI15", MEMBER)];
    app.promotion.feels("/internal/coupons/hold", Mood::Down);
    let asked = with(return_of("251", 3), "rtnCpnIsuNo", json!("CI15"));
    let used_meanwhile = async {
        while app.promotion.count_calls("/internal/coupons/hold") == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        app.promotion.world().free_returns[0].status = "20";
        app.promotion.recovers();
        app.clock.advance(TimeDelta::seconds(1));
    };
    let (answer, ()) = tokio::join!(app.ask_return(&asked), used_meanwhile);
    assert_refused(&answer, "COUPON_NOT_USABLE", &["rtnCpnIsuNo"]);
    // The units are free, and the coupon is whosever it is.
    let claim_no = number_in(&app.ask_return(&return_of("251", 3)).await, "20");
    assert_eq!(app.promotion.world().free_returns[0].status, "20");
    assert_eq!(app.promotion.count_calls("/internal/coupons/release"), 0);
    let heard = app.told().await;
    assert_eq!(heard, ["CLAIM_REJECTED", "CLAIM_RECEIVED"]);
    assert!(app.preview(&agent("cs1"), &named(&claim_no)).await.status == 200);
}

#[actix_web::test]
async fn an_order_that_says_no_to_what_a_return_holds_rejects_nothing_and_a_person_looks() {
    let app = hurried().await;
    let claim_no = one_back(&app).await;
    // It can't be; then it is.
    app.member.set_status(ORDER, 0, "11");
    let settled = app.settle(&claim_no, true).await;
    assert_eq!(settled.payload()["list"][0]["claimStatCd"], "20", "{}", settled.text);
    let shown = app.until_details(&claim_no, |details| details["stepList"][0]["stepStatCd"] == "30").await;
    assert_eq!((&shown["claimStatCd"], stands(&app, &claim_no).await.as_str()), (&json!("20"), "36"));
    assert!(app.refunds.book().given.is_empty());
    assert_eq!(shirts(&app).await, (5, 2));
    app.assert_books().await;
}
