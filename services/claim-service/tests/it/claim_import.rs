//! 클레임 수신: claims another system took.

use contract::operations::claim::{CLAIMS, INTERNAL_CLAIMS_COUNT};
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{member, service};
use test_kit::service::read;

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};
use crate::quote::request;

/// A claim of units of the contract's only line.
fn claim(serial: u32, kind: &str, status: &str, quantity: i64) -> Value {
    json!({"claimNo": format!("20260801C{serial:06}"), "ordNo": ORDER, "claimBusinessType": kind, "claimStatCd": status,
        "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00.1234567+09:00",
        "cmplDtm": if status == "30" { json!("2026-08-03T10:00:00+09:00") } else { Value::Null },
        "goodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}

fn counts(created: i64, updated: i64, unchanged: i64) -> Value {
    json!({"created": created, "updated": updated, "unchanged": unchanged})
}

/// What is claimed of the line and what is left of it.
async fn claimed_and_left(app: &TestApp) -> (i64, i64) {
    let shown = app.popup(&member(MEMBER), ORDER).await.json;
    let goods = &shown["ordGoodsList"][0];
    (goods["cnclQty"].as_i64().unwrap_or(-1), goods["claimPsbQty"].as_i64().unwrap_or(-1))
}

#[actix_web::test]
async fn cancels_and_returns_leave_less_to_claim_and_changes_and_exchanges_do_not() {
    let app = TestApp::spawn().await;
    assert_eq!(
        app.import(json!([claim(1, "11", "30", 3), claim(2, "30", "20", 3)])).await.payload(),
        &counts(2, 0, 0)
    );
    assert_eq!(claimed_and_left(&app).await, (0, 3));
    let taken = app.import(json!([claim(3, "20", "10", 1)])).await;
    assert_eq!(taken.payload(), &counts(1, 0, 0), "{}", taken.text);
    assert_eq!(claimed_and_left(&app).await, (1, 2));
    assert_eq!(
        app.preview(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await.code(),
        "CLAIM_QTY_EXCEEDED"
    );
    // 11,000 with three: two left carry 7,334, one 3,667. P12 and P11 fall, the delivery is due; no payment is reduced.
    let cost = app.preview(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await.json;
    assert_eq!(cost["claimGoodsList"][0]["dcAmt"], 3_667);
    app.import(json!([claim(4, "10", "30", 2)])).await;
    assert_eq!(claimed_and_left(&app).await, (3, 0));
    let paid = app.popup(&member(MEMBER), ORDER).await.json["payList"][0]["rfdPsbAmt"].clone();
    assert_eq!(paid, 46_000);
}

#[actix_web::test]
async fn a_claim_moves_forward_and_a_rejected_one_gives_its_units_back() {
    let app = TestApp::spawn().await;
    let mut sent = claim(1, "20", "10", 2);
    let steps =
        [("10", counts(1, 0, 0)), ("10", counts(0, 0, 1)), ("20", counts(0, 1, 0)), ("90", counts(0, 1, 0))];
    for (status, expected) in steps {
        sent["claimStatCd"] = json!(status);
        assert_eq!(app.import(json!([sent])).await.payload(), &expected, "{status}");
    }
    assert_eq!(claimed_and_left(&app).await, (0, 3));
    for status in ["10", "20", "30"] {
        sent["claimStatCd"] = json!(status);
        let refused = app.import(json!([sent])).await;
        assert_eq!((refused.status, refused.code()), (900, "CLAIM_STATUS_NOT_FORWARD"));
        assert_eq!(refused.fields(), ["claims[0].claimStatCd"]);
    }
}

#[actix_web::test]
async fn a_return_complete_is_a_return_in_30() {
    let app = TestApp::spawn().await;
    assert_eq!(app.import(json!([claim(1, "20", "20", 1)])).await.payload(), &counts(1, 0, 0));
    assert_eq!(app.import(json!([claim(1, "22", "20", 1)])).await.payload(), &counts(0, 1, 0));
    assert_eq!(app.import(json!([claim(1, "22", "30", 1)])).await.payload(), &counts(0, 0, 1));
    assert_eq!(app.import(json!([claim(2, "22", "10", 1)])).await.payload(), &counts(1, 0, 0));
    assert_eq!(claimed_and_left(&app).await, (2, 1));
    let path = format!(
        "{}?mbrNo={MEMBER}&siteNo=1&reqGubun=myPage&cmplAfter=2026-08-01T00:00:00%2B09:00",
        INTERNAL_CLAIMS_COUNT.path
    );
    assert_eq!(app.service.get_as_sister(&path, "member-service").await.json["claimCnt"], 2);
}

#[actix_web::test]
async fn a_request_is_taken_whole_or_not_at_all() {
    let app = TestApp::spawn().await;
    let mut unknown_line = claim(3, "20", "10", 1);
    unknown_line["goodsList"] = json!([{"ordSeq": 1, "claimQty": 1}, {"ordSeq": 7, "claimQty": 1}]);
    let mut no_order = claim(3, "20", "10", 1);
    no_order["ordNo"] = json!(NO_ORDER);
    let mut without_goods = claim(3, "20", "10", 1);
    without_goods["goodsList"] = json!([]);
    let mut twice = claim(3, "20", "10", 1);
    twice["goodsList"] = json!([{"ordSeq": 1, "claimQty": 1}, {"ordSeq": 1, "claimQty": 0}]);
    let mut unknown_code = claim(3, "20", "10", 1);
    unknown_code["claimRsnCd"] = json!("999");
    let mut without_time = claim(3, "20", "10", 1);
    without_time["reqDtm"] = Value::Null;
    let cases: [(Value, &str, &[&str]); 8] = [
        (claim(3, "20", "10", 2), "CLAIM_QTY_EXCEEDED", &["claims[1].goodsList[0].claimQty"]),
        (claim(3, "20", "10", i64::MAX), "CLAIM_QTY_EXCEEDED", &["claims[1].goodsList[0].claimQty"]),
        (unknown_line, "ORDER_LINE_NOT_FOUND", &["claims[1].goodsList[1].ordSeq"]),
        (no_order, "ORDER_NOT_FOUND", &["claims[1].ordNo"]),
        (without_goods, "VALIDATION", &["claims[1].goodsList"]),
        (twice, "VALIDATION", &["claims[1].goodsList[1].ordSeq", "claims[1].goodsList[1].claimQty"]),
        (unknown_code, "VALIDATION", &["claims[1].claimRsnCd"]),
        (without_time, "VALIDATION", &["claims[1].reqDtm"]),
    ];
    for (bad, code, fields) in cases {
        let refused = app.import(json!([claim(1, "10", "30", 2), bad])).await;
        assert_eq!((refused.status, refused.code()), (900, code), "{}", refused.text);
        assert_eq!(refused.fields(), fields);
        assert_eq!(rows_of(&app.db, "claim").await.len() + rows_of(&app.db, "claim_line").await.len(), 0);
    }
    // A rejected claim holds nothing, however many units it names.
    let taken = app.import(json!([claim(1, "10", "30", 2), claim(2, "20", "90", 9)])).await;
    assert_eq!(taken.payload(), &counts(2, 0, 0), "{}", taken.text);
    assert_eq!(claimed_and_left(&app).await, (2, 1));
}

#[actix_web::test]
async fn a_number_stands_for_one_claim_only() {
    let app = TestApp::spawn().await;
    assert_eq!(app.import(json!([claim(1, "20", "10", 1)])).await.status, 200);
    let mut other_order = claim(1, "20", "10", 1);
    other_order["ordNo"] = json!(GUEST_ORDER);
    let mut other_time = claim(1, "20", "10", 1);
    other_time["reqDtm"] = json!("2026-08-02T10:00:01+09:00");
    for other in [other_order, other_time, claim(1, "10", "20", 1), claim(1, "20", "20", 2)] {
        let refused = app.import(json!([other])).await;
        assert_eq!((refused.status, refused.code()), (900, "CLAIM_EXISTS"), "{}", refused.text);
        assert_eq!(refused.fields(), ["claims[0].claimNo"]);
    }
    // Created and moved forward by one request.
    let both =
        app.import(json!([claim(2, "20", "10", 1), claim(2, "20", "30", 1), claim(2, "20", "30", 1)])).await;
    assert_eq!(both.payload(), &counts(1, 1, 1));
    let rows = rows_of(&app.db, "claim").await;
    assert!(rows.iter().any(|row| row.contains("20260801C000002") && row.contains("2026-08-03")), "{rows:?}");
}

#[actix_web::test]
async fn an_order_is_asked_for_once_and_an_answer_is_kept_under_its_key() {
    let app = TestApp::spawn().await;
    let send = async |status: &str| {
        let request = app.service.request(Method::POST, CLAIMS.path, &service("shop"));
        let body = json!({"claims": [claim(1, "20", status, 1), claim(2, "20", status, 1)]});
        read(request.header("Idempotency-Key", "k1").json(&body)).await
    };
    let first = send("10").await;
    assert_eq!(first.payload(), &counts(2, 0, 0), "{}", first.text);
    assert_eq!(send("10").await.text, first.text);
    assert_eq!(send("20").await.code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.import(json!([claim(3, "20", "10", 1)])).await.payload(), &counts(1, 0, 0));
    assert_eq!(app.member.count_asked(ORDER), 1);
}

#[actix_web::test]
async fn without_member_service_an_unknown_order_waits_and_nothing_is_taken() {
    let app = TestApp::spawn().await;
    app.member.break_down();
    let answer = app.import(json!([claim(1, "20", "10", 1)])).await;
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"));
    assert_eq!(rows_of(&app.db, "claim").await.len(), 0);
}

#[actix_web::test]
async fn ten_imports_of_one_claim_at_once_create_it_once() {
    let app = TestApp::spawn().await;
    let imports = (0..10).map(|_| app.import(json!([claim(1, "20", "10", 1)])));
    let answers = futures_util::future::join_all(imports).await;
    let sum = |field: &str| answers.iter().filter_map(|one| one.payload()[field].as_i64()).sum::<i64>();
    assert_eq!((sum("created"), sum("unchanged")), (1, 9), "{answers:?}");
    assert_eq!(claimed_and_left(&app).await, (1, 2));
}

#[actix_web::test]
async fn ten_imports_at_once_never_claim_more_than_there_is() {
    let app = TestApp::spawn().await;
    let imports = (1..=10).map(|serial| app.import(json!([claim(serial, "20", "10", 1)])));
    let answers = futures_util::future::join_all(imports).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.code() == "CLAIM_QTY_EXCEEDED").count();
    assert_eq!((taken, refused), (3, 7), "{answers:?}");
    assert_eq!(claimed_and_left(&app).await, (3, 0));
}

#[actix_web::test]
async fn one_number_for_two_orders_at_once_goes_to_one_of_them() {
    let app = TestApp::spawn().await;
    let mut of_guest = claim(1, "20", "10", 1);
    of_guest["ordNo"] = json!(GUEST_ORDER);
    let imports = (0..10).map(|turn| {
        let one = if turn % 2 == 0 { claim(1, "20", "10", 1) } else { of_guest.clone() };
        app.import(json!([one]))
    });
    let answers = futures_util::future::join_all(imports).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.code() == "CLAIM_EXISTS").count();
    assert_eq!((taken, refused), (5, 5), "{answers:?}");
    assert_eq!(rows_of(&app.db, "claim_line").await.len(), 1);
}

#[actix_web::test]
async fn a_claim_at_either_end_of_the_calendar_is_read_again_and_one_beyond_is_refused() {
    let app = TestApp::spawn().await;
    let ends = [
        ("0001-01-01T00:00:00+09:00", "0001-01-01T00:00:00+09:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01T09:00:00+09:00"),
        ("9999-12-31T23:59:59.999999+09:00", "9999-12-31T23:59:59.999999+09:00"),
    ];
    for (serial, (sent, written)) in (1..).zip(ends) {
        let mut taken = claim(serial, "11", "30", 1);
        (taken["reqDtm"], taken["cmplDtm"]) = (json!(sent), json!(sent));
        assert_eq!(app.import(json!([taken])).await.payload(), &counts(1, 0, 0), "{sent}");
        let details = app.details(&member(MEMBER), ORDER, &format!("20260801C{serial:06}")).await;
        assert_eq!((&details.json["reqDtm"], &details.json["cmplDtm"]), (&json!(written), &json!(written)));
    }
    for beyond in
        ["0000-12-31T23:59:59+09:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "infinity"]
    {
        let mut refused = claim(9, "11", "30", 1);
        (refused["reqDtm"], refused["cmplDtm"]) = (json!(beyond), json!(beyond));
        let answer = app.import(json!([refused])).await;
        assert_eq!(answer.code(), "VALIDATION", "{beyond}");
        assert_eq!(answer.fields(), ["claims[0].cmplDtm", "claims[0].reqDtm"], "{beyond}");
    }
}
