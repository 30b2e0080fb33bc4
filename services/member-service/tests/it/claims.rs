//! What claim-service has an order do: claims taken out of it.

use futures_util::future::join_all;
use serde_json::{Value, json};
use test_kit::identity::{member, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::orders::{COUNTS, MEMBER, ORDER, asking, order, order_with, sisters, two_lines};

const CLAIM: &str = "20260901C000001";

/// A cancel of ours: lines with units and what is taken back of their discounts.
pub(crate) fn cancel(claim_no: &str, lines: &[(i32, i64, i64)]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(seq, units, won)| json!({"ordSeq": seq, "claimQty": units, "rvkDcAmt": won}))
        .collect();
    json!({"claimNo": claim_no, "claimBusinessType": "10", "rcvYn": "N", "lineList": lines})
}

/// One that another system has carried out.
pub(crate) fn imported(claim_no: &str, claim_type: &str, lines: &[(i32, i64, i64)]) -> Value {
    let mut claim = cancel(claim_no, lines);
    claim["claimBusinessType"] = json!(claim_type);
    claim["rcvYn"] = json!("Y");
    claim
}

/// A line as it stands: status, cancelled, returned.
pub(crate) type Standing = (String, i64, i64);

pub(crate) fn standing(code: &str, cancelled: i64, returned: i64) -> Standing {
    (code.to_owned(), cancelled, returned)
}

impl TestApp {
    pub(crate) async fn claim(&self, order_no: &str, claim: &Value) -> TestAnswer {
        let path = format!("/internal/orders/{order_no}/claims");
        self.service.post_as_sister(&path, "claim-service", claim).await
    }

    #[track_caller]
    pub(crate) fn assert_decided(answer: &TestAnswer, decision: &str) {
        assert_eq!((answer.status, &answer.json), (200, &json!({"decision": decision})), "{}", answer.text);
    }

    pub(crate) async fn confirmed(&self, claim: &Value) {
        Self::assert_decided(&self.claim(ORDER, claim).await, "CONFIRMED");
    }

    pub(crate) async fn rejected(&self, claim: &Value) {
        Self::assert_decided(&self.claim(ORDER, claim).await, "REJECTED");
    }

    pub(crate) async fn refused(&self, claim: &Value, code: &str, fields: &[&str]) {
        let answer = self.claim(ORDER, claim).await;
        assert_eq!(
            (answer.status, answer.code(), answer.fields()),
            (900, code, fields.to_vec()),
            "{}",
            answer.text
        );
    }

    pub(crate) async fn standings(&self, order_no: &str) -> Vec<Standing> {
        let snapshot = self.snapshot(order_no).await;
        let lines = snapshot.json["lineList"].as_array().unwrap().clone();
        lines
            .iter()
            .map(|line| {
                standing(
                    line["ordDtlStatCd"].as_str().unwrap(),
                    line["cnclQty"].as_i64().unwrap(),
                    line["rtnQty"].as_i64().unwrap(),
                )
            })
            .collect()
    }

    pub(crate) async fn total(&self) -> i64 {
        self.totals().await.json["totOrdAmt"].as_i64().unwrap()
    }
}

pub(crate) async fn live_orders(app: &TestApp) -> i64 {
    let answer = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "quit"})).await;
    answer.json["ordCnt"].as_i64().unwrap()
}

/// Three shirts at 20,000, less 6,000 by P11 (for 30,000 and more) and 5,000 by P12 (for 50,000 and more): 49,000.
#[tokio::test]
async fn the_order_of_the_contract_counts_what_is_left_of_it() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    assert_eq!((app.total().await, live_orders(&app).await), (49_000, 1));

    // One shirt goes. The two left cost 40,000, so P12 is taken back and P11 stays: two thirds of its 6,000.
    // 2 × 20,000 − ceil(6,000 × 2 / 3) = 40,000 − 4,000.
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 5_000)])).await;
    assert_eq!((app.total().await, live_orders(&app).await), (36_000, 1));
    // Another goes. The one left costs 20,000, so P11 is taken back too: 20,000 − 0.
    app.confirmed(&cancel("20260901C000002", &[(1, 1, 6_000)])).await;
    assert_eq!((app.total().await, live_orders(&app).await), (20_000, 1));
    assert_eq!(app.standings(ORDER).await, [standing("11", 2, 0)]);
    // The last one goes, and with it the order.
    app.confirmed(&cancel("20260901C000003", &[(1, 1, 0)])).await;
    assert_eq!(app.totals().await.json, json!({"orderList": [], "totOrdAmt": 0}));
    assert_eq!(live_orders(&app).await, 0);
    assert_eq!(app.standings(ORDER).await, [standing("19", 3, 0)]);
}

#[tokio::test]
async fn a_discount_that_stays_is_carried_by_what_is_left_rounded_up() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    // The vendor's fault takes nothing back: 11,000 stand on three shirts.
    // 2 × 20,000 − ceil(11,000 × 2 / 3) = 40,000 − 7,334.
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 0)])).await;
    assert_eq!(app.total().await, 32_666);
    // 20,000 − ceil(11,000 / 3) = 20,000 − 3,667.
    app.confirmed(&cancel("20260901C000002", &[(1, 1, 0)])).await;
    assert_eq!(app.total().await, 16_333);
}

#[tokio::test]
async fn a_claim_is_decided_once_whatever_the_order_has_become() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    let claim = cancel(CLAIM, &[(1, 1, 0), (2, 3, 0)]);
    app.confirmed(&claim).await;
    app.move_line(ORDER, "13", "2026-08-03T10:00:00").await;
    // Its lines in another order are the same claim.
    for again in [&claim, &cancel(CLAIM, &[(2, 3, 0), (1, 1, 0)])] {
        app.confirmed(again).await;
    }
    let late = cancel("20260901C000002", &[(1, 1, 0)]);
    app.rejected(&late).await;
    app.rejected(&late).await;
    assert_eq!(app.standings(ORDER).await, [standing("13", 1, 0), standing("19", 3, 0)]);

    for other in [
        cancel(CLAIM, &[(1, 2, 0), (2, 3, 0)]),
        cancel(CLAIM, &[(1, 1, 1), (2, 3, 0)]),
        cancel(CLAIM, &[(1, 1, 0)]),
        imported(CLAIM, "10", &[(1, 1, 0), (2, 3, 0)]),
        imported(CLAIM, "20", &[(1, 1, 0), (2, 3, 0)]),
    ] {
        app.refused(&other, "CLAIM_EXISTS", &["claimNo"]).await;
    }
    // Nor may another order use its number.
    let app = app.with_orders(&[order_with("20260801O000002", &json!({}))]).await;
    let elsewhere = app.claim("20260801O000002", &claim).await;
    assert_eq!((elsewhere.status, elsewhere.code()), (900, "CLAIM_EXISTS"));
}

#[tokio::test]
async fn a_claim_that_comes_too_late_changes_nothing() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("12")]).await;
    let whole = app.total().await;
    app.move_line(ORDER, "13", "2026-08-03T10:00:00").await;
    app.rejected(&cancel("20260901C000001", &[(1, 1, 0), (2, 1, 0)])).await;
    app.rejected(&cancel("20260901C000002", &[(2, 4, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("13", 0, 0), standing("12", 0, 0)]);
    assert_eq!(app.total().await, whole);
    // What of a line on its way is no longer discounted is no unit of it.
    app.confirmed(&cancel("20260901C000003", &[(1, 0, 5_000), (2, 1, 0)])).await;
    // Line 1 lost 5,000 of its discounts, line 2 one unit of 1,000.
    assert_eq!(app.total().await, whole + 5_000 - 1_000);
    // A unit that is gone is not there for the next one.
    app.rejected(&cancel("20260901C000004", &[(2, 3, 0)])).await;
}

#[tokio::test]
async fn an_unpaid_order_is_cancelled_whole_or_not_at_all() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("10")]).await;
    app.rejected(&cancel("20260901C000001", &[(1, 3, 0)])).await;
    app.rejected(&cancel("20260901C000002", &[(1, 3, 0), (2, 2, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("10", 0, 0), standing("10", 0, 0)]);
    app.confirmed(&cancel("20260901C000003", &[(1, 3, 0), (2, 3, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("19", 3, 0), standing("19", 3, 0)]);
}

#[tokio::test]
async fn imported_claims_are_applied_wherever_their_lines_stand() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[two_lines("11")]).await;
    app.move_line(ORDER, "15", "2026-08-30T10:00:00").await;
    // One shirt of three comes back: 2 × 20,000 − ceil(11,000 × 2 / 3), and the three units at 1,000.
    app.confirmed(&imported("20260901C000001", "20", &[(1, 1, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("15", 0, 1), standing("11", 0, 0)]);
    assert_eq!(app.total().await, 32_666 + 3_000);
    app.confirmed(&imported("20260901C000002", "20", &[(1, 2, 0)])).await;
    app.confirmed(&imported("20260901C000003", "10", &[(2, 3, 0)])).await;
    assert_eq!(app.standings(ORDER).await, [standing("37", 0, 3), standing("19", 3, 0)]);
    assert_eq!((app.total().await, live_orders(&app).await), (0, 0));
    app.refused(
        &imported("20260901C000004", "20", &[(1, 1, 0)]),
        "CLAIM_QTY_EXCEEDED",
        &["lineList[0].claimQty"],
    )
    .await;
}

#[tokio::test]
async fn a_claim_that_cannot_be_right_is_refused_and_may_come_again_corrected() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    let check = async |claim: Value, code: &str, fields: &[&str]| app.refused(&claim, code, fields).await;
    check(cancel(CLAIM, &[(1, 1, 0), (3, 1, 0)]), "ORDER_LINE_NOT_FOUND", &["lineList[1].ordSeq"]).await;
    check(cancel(CLAIM, &[(1, 1, 0), (1, 1, 0)]), "VALIDATION", &["lineList[1].ordSeq"]).await;
    check(cancel(CLAIM, &[(1, 1, 11_001)]), "VALIDATION", &["lineList[0].rvkDcAmt"]).await;
    check(cancel(CLAIM, &[(1, -1, 0)]), "VALIDATION", &["lineList[0].claimQty"]).await;
    check(cancel(CLAIM, &[(1, 1, -1)]), "VALIDATION", &["lineList[0].rvkDcAmt"]).await;
    check(cancel(CLAIM, &[]), "VALIDATION", &["lineList"]).await;
    check(cancel(CLAIM, &[(1, 0, 1)]), "VALIDATION", &["lineList"]).await;
    check(
        cancel(CLAIM, &[(1, i64::MAX, 0), (2, i64::MAX, 0), (3, 1, 0)]),
        "ORDER_LINE_NOT_FOUND",
        &["lineList[2].ordSeq"],
    )
    .await;
    check(imported(CLAIM, "20", &[(1, 4, 0), (2, 3, 0)]), "CLAIM_QTY_EXCEEDED", &["lineList[0].claimQty"])
        .await;
    for claim_type in ["11", "22", "30"] {
        check(imported(CLAIM, claim_type, &[(1, 1, 0)]), "CLAIM_TYPE_NOT_SUPPORTED", &["claimBusinessType"])
            .await;
        let mut own = cancel(CLAIM, &[(1, 1, 0)]);
        own["claimBusinessType"] = json!(claim_type);
        check(own, "CLAIM_TYPE_NOT_SUPPORTED", &["claimBusinessType"]).await;
    }
    check(cancel("C1", &[(1, 1, 0)]), "VALIDATION", &["claimNo"]).await;
    let nowhere = app.claim("20260801O000999", &cancel(CLAIM, &[(1, 1, 0)])).await;
    assert_eq!((nowhere.status, nowhere.code()), (900, "ORDER_NOT_FOUND"));
    assert_eq!(app.standings(ORDER).await, [standing("11", 0, 0), standing("11", 0, 0)]);
    // None of these was a decision.
    app.confirmed(&cancel(CLAIM, &[(1, 1, 0)])).await;
}

#[tokio::test]
async fn the_same_claim_a_hundred_times_at_once_happens_once() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let claim = cancel(CLAIM, &[(1, 1, 5_000)]);
    let answers = join_all((0..100).map(|_| app.claim(ORDER, &claim))).await;
    for answer in &answers {
        TestApp::assert_decided(answer, "CONFIRMED");
    }
    assert_eq!(app.standings(ORDER).await, [standing("11", 1, 0)]);
    assert_eq!(app.total().await, 36_000);
}

#[tokio::test]
async fn of_two_orders_that_are_asked_under_one_number_at_once_one_decides() {
    let orders: Vec<Value> =
        (0..20).map(|number| order_with(&format!("20260801O{number:06}"), &json!({}))).collect();
    let app = TestApp::spawn().await.with_orders(&orders).await;
    for round in 0..10 {
        let order_nos = [format!("20260801O{:06}", 2 * round), format!("20260801O{:06}", 2 * round + 1)];
        let claim = cancel(&format!("20260901C{round:06}"), &[(1, 3, 0)]);
        let answers = join_all(order_nos.iter().map(|order_no| app.claim(order_no, &claim))).await;
        let winner = answers.iter().position(|answer| answer.json["decision"] == "CONFIRMED").unwrap();
        assert_eq!(answers[1 - winner].code(), "CLAIM_EXISTS", "{}", answers[1 - winner].text);
        assert_eq!(app.standings(&order_nos[winner]).await, [standing("19", 3, 0)]);
        assert_eq!(app.standings(&order_nos[1 - winner]).await, [standing("11", 0, 0)]);
    }
}

#[tokio::test]
async fn of_many_claims_at_once_as_many_are_confirmed_as_there_are_units() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let claims: Vec<Value> =
        (1..=8).map(|number| cancel(&format!("20260901C{number:06}"), &[(1, 1, 0)])).collect();
    let answers = join_all(claims.iter().map(|claim| app.claim(ORDER, claim))).await;
    let confirmed = answers.iter().filter(|answer| answer.json["decision"] == "CONFIRMED").count();
    let rejected = answers.iter().filter(|answer| answer.json["decision"] == "REJECTED").count();
    assert_eq!((confirmed, rejected), (3, 5));
    assert_eq!(app.standings(ORDER).await, [standing("19", 3, 0)]);
}

#[tokio::test]
async fn of_shipping_and_a_claim_at_once_one_wins_wholly() {
    let orders: Vec<Value> =
        (0..60).map(|number| order_with(&format!("20260801O{number:06}"), &json!({}))).collect();
    let app = TestApp::spawn().await.with_orders(&orders).await;
    let shipped = json!([{"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-08-03T10:00:00"}]);
    let mut worth = 0;
    for number in 0..60 {
        let order_no = format!("20260801O{number:06}");
        let claim = cancel(&format!("20260901C{number:06}"), &[(1, 3, 0)]);
        // Who is sent first alternates.
        let (shipping, claimed) = if number % 2 == 0 {
            tokio::join!(app.set_status(&order_no, &shipped), app.claim(&order_no, &claim))
        } else {
            let (claimed, shipping) =
                tokio::join!(app.claim(&order_no, &claim), app.set_status(&order_no, &shipped));
            (shipping, claimed)
        };
        assert_eq!(claimed.status, 200, "{}", claimed.text);
        let stands = app.standings(&order_no).await;
        if claimed.json["decision"] == "CONFIRMED" {
            assert_eq!((shipping.status, shipping.code()), (900, "STATUS_NOT_FORWARD"));
            assert_eq!(stands, [standing("19", 3, 0)]);
        } else {
            assert_eq!(claimed.json["decision"], "REJECTED");
            assert_eq!(shipping.status, 200, "{}", shipping.text);
            assert_eq!(stands, [standing("13", 0, 0)]);
            worth += 49_000;
        }
    }
    assert_eq!(app.total().await, worth);
}

#[tokio::test]
async fn only_sister_services_may_claim() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let claim = cancel(CLAIM, &[(1, 1, 0)]);
    for caller in [member(MEMBER), service("shop")] {
        let path = format!("/internal/orders/{ORDER}/claims");
        assert_eq!(app.service.post(&path, &caller, &claim).await.status, 403);
    }
    assert_eq!(app.standings(ORDER).await, [standing("11", 0, 0)]);
}
