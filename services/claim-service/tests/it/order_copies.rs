//! An order is pinned once; what changes of it is asked each time.

use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member};

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};

#[actix_web::test]
async fn what_was_agreed_is_pinned_and_what_changes_is_asked_again() {
    let app = TestApp::spawn().await;
    let first = app.popup(&member(MEMBER), ORDER).await;
    assert_eq!(first.status, 200, "{}", first.text);
    // A price that changed behind our back is not believed; a new status, item and name are.
    app.member.change(ORDER, |snapshot| {
        snapshot["order"]["goodsList"][0]["salePrc"] = json!(1);
        snapshot["order"]["ordManNm"] = json!("홍*동");
        snapshot["lineList"][0] = json!({"ordSeq": 1, "ordDtlStatCd": "12", "itmNo": "002", "itmNm": "화이트/L",
            "cnclQty": 0, "rtnQty": 0, "dlvdDtm": null});
    });
    let again = app.popup(&member(MEMBER), ORDER).await.json;
    let goods = &again["ordGoodsList"][0];
    assert_eq!((&goods["salePrc"], &goods["ordDtlStatCd"]), (&json!(20_000), &json!("12")));
    assert_eq!((&goods["itmNo"], &goods["itmNm"]), (&json!("002"), &json!("화이트/L")));
    assert_eq!(again["ordManNm"], "홍*동");
    assert_eq!(rows_of(&app.db, "order_copy").await.len(), 1);
    assert_eq!(app.member.count_asked(ORDER), 2);
}

#[actix_web::test]
async fn nothing_personal_is_kept() {
    let app = TestApp::spawn().await;
    for order_no in [ORDER, GUEST_ORDER] {
        assert_eq!(app.popup(&agent("cs1"), order_no).await.status, 200);
    }
    let rows = all_rows(&app.db).await.join("\n");
    assert!(rows.contains(ORDER) && rows.contains("린넨 셔츠"));
    for personal in ["홍길동", "\"1234\"", "\"5678\"", "gildong", "테헤란로", "06236", "10층", "****"]
    {
        assert!(!rows.contains(personal), "{personal}");
    }
}

#[actix_web::test]
async fn who_may_not_see_an_order_does_not_make_us_keep_it() {
    let app = TestApp::spawn().await;
    assert_eq!(app.popup(&member("1"), ORDER).await.status, 403);
    assert_eq!(app.popup(&member("1"), NO_ORDER).await.status, 403);
    assert_eq!(rows_of(&app.db, "order_copy").await, Vec::<String>::new());
}

#[actix_web::test]
async fn many_first_looks_at_once_pin_one_copy() {
    let app = TestApp::spawn().await;
    let caller = member(MEMBER);
    let looks = (0..10).map(|_| app.popup(&caller, ORDER));
    let answers = futures_util::future::join_all(looks).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.json), (200, &answers[0].json));
    }
    assert_eq!(rows_of(&app.db, "order_copy").await.len(), 1);
}

#[actix_web::test]
async fn without_member_service_nothing_is_answered_from_memory() {
    let app = TestApp::spawn().await;
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.status, 200);
    app.member.break_down();
    let answer = app.popup(&member(MEMBER), ORDER).await;
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"));
    assert_eq!(answer.json["payload"], Value::Null);
}
