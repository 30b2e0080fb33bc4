//! What a settled return of ours does to its order.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::claims::{cancel, imported, live_orders, standing};
use crate::orders::{MEMBER, ORDER, asking, order, order_with, sisters, two_lines};

const RETURN: &str = "20260901C000001";
const DELIVERED_AT: &str = "2026-08-30T10:00:00";

/// A return of ours: lines with units and what is taken back of their discounts.
fn returned(claim_no: &str, lines: &[(i32, i64, i64)]) -> Value {
    let mut claim = cancel(claim_no, lines);
    claim["claimBusinessType"] = json!("20");
    claim
}

impl TestApp {
    /// Both lines of [`two_lines`].
    async fn move_both(&self, first: &str, second: &str) {
        let lines = json!([
            {"ordSeq": 1, "ordDtlStatCd": first, "dtm": DELIVERED_AT},
            {"ordSeq": 2, "ordDtlStatCd": second, "dtm": DELIVERED_AT},
        ]);
        let answer = self.set_status(ORDER, &lines).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    async fn statuses_shown(&self) -> Vec<String> {
        let path = format!("/internal/members/{MEMBER}/orderLines?siteNo=1&strDt=20260801&endDt=20260801");
        let answer = self.service.get_as_sister(&path, "cs-inquiry-service").await;
        let list = answer.json["list"].as_array().unwrap();
        list.iter().map(|line| line["ordDtlStatCd"].as_str().unwrap().to_owned()).collect()
    }
}

/// Three shirts at 20,000, less 6,000 by P11 (for 30,000 and more) and 5,000 by P12 (for 50,000 and more): 49,000.
#[tokio::test]
async fn an_order_counts_what_is_left_after_its_returns() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    app.move_line(ORDER, "15", DELIVERED_AT).await;
    // One shirt comes back and P12 is taken back: 2 × 20,000 − ceil(6,000 × 2 / 3).
    app.confirmed(&returned("20260901C000001", &[(1, 1, 5_000)])).await;
    assert_eq!((app.total().await, live_orders(&app).await), (36_000, 1));
    assert_eq!(app.standings(ORDER).await, [standing("15", 0, 1)]);
    assert_eq!(app.statuses_shown().await, ["15"]);
    // The line goes on while a unit of it is left.
    app.move_line(ORDER, "16", "2026-08-31T10:00:00").await;
    app.confirmed(&returned("20260901C000002", &[(1, 2, 6_000)])).await;
    assert_eq!(app.totals().await.json, json!({"orderList": [], "totOrdAmt": 0}));
    assert_eq!(live_orders(&app).await, 0);
    assert_eq!(app.standings(ORDER).await, [standing("37", 0, 3)]);
    assert_eq!(app.statuses_shown().await, ["37"]);
}

/// Two parcels: one that was free for its amount, one that was paid for.
#[tokio::test]
async fn the_delivered_order_of_the_demo_is_taken_and_can_be_sent_back() {
    const DEMO: &str = "20260901O000003";
    let mut order: Value =
        serde_json::from_str(include_str!("../../../../deploy/local/src/demo/known/delivered_order.json"))
            .unwrap();
    order["ordDtm"] = json!("2026-08-27T10:00:00+09:00");
    let app = TestApp::spawn().await.with_orders(&[order]).await;
    let arrived = [1, 2].map(|seq| json!({"ordSeq": seq, "ordDtlStatCd": "15", "dtm": DELIVERED_AT}));
    assert_eq!(app.set_status(DEMO, &json!(arrived)).await.status, 200);
    assert_eq!(app.total().await, 60_000 - 6_000 - 5_000 + 8_900);
    TestApp::assert_decided(&app.claim(DEMO, &returned(RETURN, &[(1, 1, 5_000)])).await, "CONFIRMED");
    assert_eq!(app.standings(DEMO).await, [standing("15", 0, 1), standing("15", 0, 0)]);
    assert_eq!(app.total().await, 36_000 + 8_900);
}

#[tokio::test]
async fn a_return_takes_lines_that_were_sent_and_no_others() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("12")]).await;
    let both = returned(RETURN, &[(1, 1, 0), (2, 1, 0)]);
    app.refused(&both, "ORDER_NOT_RETURNABLE", &["lineList[0].ordSeq", "lineList[1].ordSeq"]).await;
    app.move_both("13", "12").await;
    app.refused(&both, "ORDER_NOT_RETURNABLE", &["lineList[1].ordSeq"]).await;
    app.move_both("15", "13").await;
    app.refused(&returned(RETURN, &[(1, 4, 0), (2, 3, 0)]), "CLAIM_QTY_EXCEEDED", &["lineList[0].claimQty"])
        .await;
    assert_eq!(app.standings(ORDER).await, [standing("15", 0, 0), standing("13", 0, 0)]);
    // None of these was a decision.
    app.confirmed(&both).await;
    app.move_both("16", "15").await;
    app.confirmed(&returned("20260901C000002", &[(1, 2, 0), (2, 2, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("37", 0, 3), standing("37", 0, 3)]);
    app.refused(&returned("20260901C000003", &[(2, 1, 0)]), "CLAIM_QTY_EXCEEDED", &["lineList[0].claimQty"])
        .await;
}

#[tokio::test]
async fn a_return_is_settled_once_whatever_the_order_has_become() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.move_both("15", "13").await;
    app.confirmed(&returned(RETURN, &[(1, 1, 5_000), (2, 1, 0)])).await;
    app.move_both("16", "16").await;
    let again =
        [returned(RETURN, &[(1, 1, 5_000), (2, 1, 0)]), returned(RETURN, &[(2, 1, 0), (1, 1, 5_000)])];
    for answer in join_all((0..40).map(|number| app.claim(ORDER, &again[number % 2]))).await {
        TestApp::assert_decided(&answer, "CONFIRMED");
    }
    assert_eq!(app.standings(ORDER).await, [standing("16", 0, 1), standing("16", 0, 1)]);
    for other in [
        returned(RETURN, &[(1, 1, 5_000)]),
        cancel(RETURN, &[(1, 1, 5_000), (2, 1, 0)]),
        imported(RETURN, "20", &[(1, 1, 5_000), (2, 1, 0)]),
    ] {
        app.refused(&other, "CLAIM_EXISTS", &["claimNo"]).await;
    }
    let app = app.with_orders(&[order_with("20260801O000002", &json!({}))]).await;
    app.move_line("20260801O000002", "15", DELIVERED_AT).await;
    let elsewhere = app.claim("20260801O000002", &again[0]).await;
    assert_eq!((elsewhere.status, elsewhere.code()), (900, "CLAIM_EXISTS"));
}

#[tokio::test]
async fn a_line_ends_as_returned_if_any_unit_of_it_was() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    // What another system sent back counts too, and the last unit may leave by a cancel, theirs or ours.
    app.confirmed(&imported("20260901C000001", "20", &[(1, 1, 0), (2, 1, 0)])).await;
    app.confirmed(&imported("20260901C000002", "10", &[(1, 2, 0)])).await;
    app.confirmed(&cancel("20260901C000003", &[(2, 2, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("37", 2, 1), standing("37", 2, 1)]);

    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.confirmed(&cancel("20260901C000001", &[(1, 2, 0), (2, 3, 0)])).await;
    app.move_line(ORDER, "15", DELIVERED_AT).await;
    app.confirmed(&returned("20260901C000002", &[(1, 1, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("37", 2, 1), standing("19", 3, 0)]);
}

#[tokio::test]
async fn a_returned_line_does_not_move_and_no_line_is_moved_into_a_return() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.move_both("15", "15").await;
    app.confirmed(&returned(RETURN, &[(1, 3, 0)])).await;
    let moved_to = async |seq: i32, status: &str| {
        let lines = json!([{"ordSeq": seq, "ordDtlStatCd": status, "dtm": "2026-08-31T10:00:00"}]);
        let answer = app.set_status(ORDER, &lines).await;
        assert_eq!((answer.status, answer.fields()), (900, vec!["lines[0].ordDtlStatCd"]), "{status}");
        answer.code().to_owned()
    };
    for status in ["13", "15", "16"] {
        assert_eq!(moved_to(1, status).await, "STATUS_NOT_FORWARD", "{status}");
    }
    for seq in [1, 2] {
        for status in ["22", "31", "32", "33", "34", "35", "36", "37", "38", "39"] {
            assert_eq!(moved_to(seq, status).await, "VALIDATION", "{status}");
        }
    }
    assert_eq!(app.standings(ORDER).await, [standing("37", 0, 3), standing("15", 0, 0)]);
}

#[tokio::test]
async fn a_cancel_and_a_return_that_meet_leave_each_its_own_lines() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.move_both("13", "12").await;
    app.rejected(&cancel("20260901C000003", &[(1, 1, 0), (2, 1, 0)])).await;
    let (unsent, sent) = (cancel("20260901C000002", &[(2, 3, 0)]), returned(RETURN, &[(1, 3, 0)]));
    let (one, other) = tokio::join!(app.claim(ORDER, &unsent), app.claim(ORDER, &sent));
    TestApp::assert_decided(&one, "CONFIRMED");
    TestApp::assert_decided(&other, "CONFIRMED");
    assert_eq!(app.standings(ORDER).await, [standing("37", 0, 3), standing("19", 3, 0)]);
    assert_eq!(app.total().await, 0);
}
