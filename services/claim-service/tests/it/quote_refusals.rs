//! 클레임 비용: everything it refuses, in the order it refuses it.

use contract::operations::claim::CLAIM_CALCULATE_COST_FO;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member};
use test_kit::service::read;

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, ORDER, order, plain_order};
use crate::quote::request;

#[track_caller]
fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let mut request = request(ORDER, "251", &[(1, 1)]);
    edit(&mut request);
    request
}

#[actix_web::test]
async fn bad_fields_are_named_before_anything_is_looked_at() {
    let app = TestApp::spawn().await;
    let cases: [(Value, &str, &[&str]); 15] = [
        (json!({}), "VALIDATION", &["ordNo", "claimRsnCd", "claimGoodsList"]),
        (edited(|one| one["ordNo"] = json!("20260801X000001")), "VALIDATION", &["ordNo"]),
        (edited(|one| one["ordNo"] = json!(1)), "VALIDATION", &["ordNo"]),
        (edited(|one| one["claimRsnCd"] = json!("999")), "VALIDATION", &["claimRsnCd"]),
        (edited(|one| one["claimRsnCd"] = json!("270")), "VALIDATION", &["claimRsnCd"]),
        (edited(|one| one["claimBusinessType"] = json!("99")), "VALIDATION", &["claimBusinessType"]),
        (
            edited(|one| one["claimBusinessType"] = json!("11")),
            "CLAIM_TYPE_NOT_SUPPORTED",
            &["claimBusinessType"],
        ),
        (
            edited(|one| one["claimBusinessType"] = json!("22")),
            "CLAIM_TYPE_NOT_SUPPORTED",
            &["claimBusinessType"],
        ),
        (edited(|one| one["claimRsnCntt"] = json!("가".repeat(1_001))), "VALIDATION", &["claimRsnCntt"]),
        (edited(|one| one["claimGoodsList"] = json!([])), "VALIDATION", &["claimGoodsList"]),
        (edited(|one| one["claimGoodsList"] = Value::Null), "VALIDATION", &["claimGoodsList"]),
        (
            edited(|one| one["claimGoodsList"] = json!([{}])),
            "VALIDATION",
            &["claimGoodsList[0].ordSeq", "claimGoodsList[0].claimQty"],
        ),
        (
            edited(|one| {
                one["claimGoodsList"] = json!([{"ordSeq": 1, "claimQty": 1}, {"ordSeq": 1, "claimQty": 0}])
            }),
            "VALIDATION",
            &["claimGoodsList[1].ordSeq", "claimGoodsList[1].claimQty"],
        ),
        (
            edited(|one| one["claimGoodsList"][0]["claimQty"] = json!("1")),
            "VALIDATION",
            &["claimGoodsList[0].claimQty"],
        ),
        (
            edited(|one| one["claimGoodsList"][0]["claimQty"] = json!(-1)),
            "VALIDATION",
            &["claimGoodsList[0].claimQty"],
        ),
    ];
    for (body, code, fields) in cases {
        // Another member hears the same: what is wrong with a request comes before whose order it is.
        for caller in [member(MEMBER), member("1")] {
            let answer = app.preview(&caller, &body).await;
            assert_eq!((answer.status, answer.code()), (900, code), "{body}: {}", answer.text);
            assert_eq!(answer.fields(), fields, "{body}");
        }
    }
    let broken = app.service.request(Method::POST, CLAIM_CALCULATE_COST_FO.path, &member(MEMBER));
    let broken = read(broken.header("content-type", "application/json").body("{")).await;
    assert_eq!((broken.status, broken.code()), (900, "VALIDATION"));
    assert_eq!(app.member.count_asked(ORDER), 0);
}

#[actix_web::test]
async fn the_vendors_reasons_are_for_agents() {
    let app = TestApp::spawn().await;
    let body = request(GUEST_ORDER, "271", &[(1, 1)]);
    let refused = app.preview(&guest(GUEST_ORDER), &body).await;
    assert_eq!((refused.code(), refused.fields()), ("VALIDATION", vec!["claimRsnCd"]));
    assert_eq!(app.preview(&agent("cs1"), &body).await.status, 200);
}

#[actix_web::test]
async fn rights_come_before_lines() {
    let app = TestApp::spawn().await;
    assert_eq!(app.preview(&member("1"), &request(ORDER, "251", &[(9, 9)])).await.status, 403);
}

#[actix_web::test]
async fn lines_then_quantities_then_states_are_judged_and_all_at_fault_are_named() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000020";
    let mut order = plain_order(order_no, &[(1, 100), (2, 200), (3, 300), (1, 400)], "10");
    order["goodsList"][1]["ordCnclPsbYn"] = json!("N");
    app.member.put(order);
    app.member.set_status(order_no, 0, "13");
    app.member.set_status(order_no, 3, "19");
    type Case<'a> = (&'a [(i32, i64)], &'a str, &'a [&'a str]);
    let cases: [Case<'_>; 7] = [
        (
            &[(3, 9), (8, 1), (1, 1), (9, 1)],
            "ORDER_LINE_NOT_FOUND",
            &["claimGoodsList[1].ordSeq", "claimGoodsList[3].ordSeq"],
        ),
        (
            &[(1, 1), (3, 4), (2, 3)],
            "CLAIM_QTY_EXCEEDED",
            &["claimGoodsList[1].claimQty", "claimGoodsList[2].claimQty"],
        ),
        // Quantity is judged before the line's status; of a cancelled line nothing is left.
        (&[(1, 2)], "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]),
        (&[(4, 1)], "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]),
        (&[(1, 1)], "ORDER_NOT_CANCELABLE", &["claimGoodsList[0].ordSeq"]),
        (&[(2, 1)], "ORDER_NOT_CANCELABLE", &["claimGoodsList[0].ordSeq"]),
        (&[(3, i64::MAX)], "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]),
    ];
    for (lines, code, fields) in cases {
        let answer = app.preview(&member(MEMBER), &request(order_no, "251", lines)).await;
        assert_eq!((answer.status, answer.code()), (900, code), "{lines:?}: {}", answer.text);
        assert_eq!(answer.fields(), fields, "{lines:?}");
    }
    assert_eq!(app.preview(&member(MEMBER), &request(order_no, "251", &[(3, 3)])).await.status, 200);
}

#[actix_web::test]
async fn a_part_is_refused_where_only_the_whole_can_go_back() {
    let app = TestApp::spawn().await;
    let whole_only = "20260801O000021";
    let mut order = order(whole_only);
    order["payList"][0]["sctnCnclPsbYn"] = json!("N");
    app.member.put(order);
    let unpaid = "20260801O000022";
    app.member.put(plain_order(unpaid, &[(2, 100)], "30"));
    app.member.set_status(unpaid, 0, "10");
    for (order_no, part, whole) in [(whole_only, 2, 3), (unpaid, 1, 2)] {
        let refused = app.preview(&member(MEMBER), &request(order_no, "251", &[(1, part)])).await;
        assert_eq!((refused.status, refused.code()), (900, "PARTIAL_CANCEL_NOT_ALLOWED"), "{}", refused.text);
        let taken = app.preview(&member(MEMBER), &request(order_no, "251", &[(1, whole)])).await;
        assert_eq!(taken.status, 200, "{}", taken.text);
    }
}
