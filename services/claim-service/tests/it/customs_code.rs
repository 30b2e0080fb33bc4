//! 개인통관고유부호 변경

use contract::operations::claim::ORD_DLVP_PCCC_CHANGE_FO;
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::all_rows;
use test_kit::identity::{agent, guest, member};
use test_kit::service::{TestAnswer, read};

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};

const CODE: &str = "P123456789012";

fn to_code(order_no: &str, seq: i64, code: &str) -> Value {
    json!({"ordNo": order_no, "dlvpSeq": seq, "persCstmCd": code})
}

async fn change(app: &TestApp, caller: &Caller, request: &Value) -> TestAnswer {
    app.service.post(ORD_DLVP_PCCC_CHANGE_FO.path, caller, request).await
}

fn kept(app: &TestApp, order_no: &str) -> Value {
    app.member.0.world().orders[order_no]["order"]["dlvpList"][0]["persCstmCd"].clone()
}

#[actix_web::test]
async fn the_order_keeps_the_new_code_and_nothing_of_it_stays_here() {
    let app = TestApp::spawn().await;
    for (caller, order_no) in
        [(member(MEMBER), ORDER), (guest(GUEST_ORDER), GUEST_ORDER), (agent("cs1"), ORDER)]
    {
        let answer = change(&app, &caller, &to_code(order_no, 1, CODE)).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        assert_eq!(kept(&app, order_no), CODE);
    }
    assert!(!all_rows(&app.db).await.join("\n").contains(CODE));
}

#[actix_web::test]
async fn after_shipping_it_is_too_late_and_an_unknown_address_is_named_by_the_order() {
    let app = TestApp::spawn().await;
    for status in ["10", "11", "12"] {
        app.member.set_status(ORDER, 0, status);
        assert_eq!(change(&app, &member(MEMBER), &to_code(ORDER, 1, CODE)).await.status, 200);
    }
    let answer = change(&app, &member(MEMBER), &to_code(ORDER, 9, CODE)).await;
    assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec!["dlvpSeq"]));
    app.member.set_status(ORDER, 0, "13");
    let answer = change(&app, &member(MEMBER), &to_code(ORDER, 1, "P000000000000")).await;
    assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_CHANGEABLE"));
    assert_eq!(kept(&app, ORDER), CODE);
    app.member.break_down();
    assert_eq!(change(&app, &member(MEMBER), &to_code(ORDER, 1, CODE)).await.status, 503);
}

#[actix_web::test]
async fn bad_fields_are_named_and_others_orders_are_left_alone() {
    let app = TestApp::spawn().await;
    let answer = change(&app, &member(MEMBER), &json!({})).await;
    assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordNo", "dlvpSeq", "persCstmCd"]));
    for code in [
        "P12345678901",
        "P1234567890123",
        "p123456789012",
        "1234567890123",
        "P12345678901a",
        "P１２３４５６７８９０１２",
        "",
    ] {
        let answer = change(&app, &member(MEMBER), &to_code(ORDER, 1, code)).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["persCstmCd"]), "{code}");
        assert!(code.is_empty() || !answer.text.contains(code));
    }
    assert_eq!(change(&app, &member(MEMBER), &to_code(ORDER, 0, CODE)).await.fields(), ["dlvpSeq"]);
    assert_eq!(change(&app, &member("1"), &to_code(ORDER, 1, CODE)).await.status, 403);
    assert_eq!(change(&app, &member(MEMBER), &to_code(NO_ORDER, 1, CODE)).await.status, 403);
    assert_eq!(change(&app, &agent("cs1"), &to_code(NO_ORDER, 1, CODE)).await.code(), "ORDER_NOT_FOUND");
    assert_eq!(app.member.0.count_calls("/customsCodes"), 0);
}

#[actix_web::test]
async fn a_repeat_under_its_key_is_answered_alike_and_asks_nobody() {
    let app = TestApp::spawn().await;
    let once = async |code: &str| {
        let sent = app.service.request(Method::POST, ORD_DLVP_PCCC_CHANGE_FO.path, &member(MEMBER));
        read(sent.header("Idempotency-Key", "k1").json(&to_code(ORDER, 1, code))).await
    };
    assert_eq!(once(CODE).await.status, 200);
    let again = once(CODE).await;
    assert_eq!((again.status, again.text.as_str()), (200, ""));
    assert_eq!(app.member.0.count_calls("/customsCodes"), 1);
    assert_eq!(once("P000000000000").await.code(), "IDEMPOTENCY_KEY_REUSED");
}
