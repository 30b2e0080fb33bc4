//! A request whose key another process took over while it was silent is not accepted, whatever that one came to.

use std::time::Duration;

use contract::operations::claim::{CANCEL_FO, ORD_CHANGE_FO};
use db::DbError;
use diesel::RunQueryDsl as _;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::member;
use test_kit::service::read;

use crate::app::{House, TestApp};
use crate::member::{MEMBER, ORDER};
use crate::quote::request;
use crate::stand_in::Mood;

/// The order is slow to say where it stands; by then the key is another's.
async fn check(path: &str, body: Value) {
    let house = House::new().with("CANCEL__ANSWER_DEADLINE_MS", "20000");
    let app = TestApp::spawn_in(house).await;
    app.put_goods("10002552", &[("001", 5), ("002", 5)]).await;
    app.member.0.feels("/internal/orders/", Mood::LateBy(Duration::from_millis(2_000)));
    let sent = app.service.request(Method::POST, path, &member(MEMBER)).header("Idempotency-Key", "k1");
    let asked = tokio::spawn(read(sent.json(&body)));
    app.until(|app| app.member.count_asked(ORDER) == 1).await;
    let take_over = "UPDATE idempotency_key SET ticket = 'of another process'";
    let taken_over = app
        .db
        .write(move |conn| Ok::<_, DbError>(diesel::sql_query(take_over).execute(conn)?))
        .await
        .expect("the key can be changed");
    assert_eq!(taken_over, 1);
    let answer = asked.await.expect("a request does not panic");
    assert_eq!((answer.status, answer.code()), (409, "IDEMPOTENCY_KEY_IN_FLIGHT"), "{}", answer.text);
    for table in ["claim", "claim_line", "claim_task", "claim_ldgr", "outbox_message"] {
        assert!(rows_of(&app.db, table).await.is_empty(), "{path} leaves something in {table}");
    }
    assert_eq!(app.stock("10002552").await, [("001".to_owned(), 5), ("002".to_owned(), 5)]);
}

#[actix_web::test]
async fn a_cancel_that_lost_its_key_is_not_accepted() {
    check(CANCEL_FO.path, request(ORDER, "251", &[(1, 1)])).await;
}

#[actix_web::test]
async fn an_option_change_that_lost_its_key_is_not_accepted() {
    let change = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    check(ORD_CHANGE_FO.path, change).await;
}
