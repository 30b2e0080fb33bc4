//! A member has left: the service remembers, however often it is told.

use dto::operations::claim::INTERNAL_MEMBERS_WITHDRAWAL;
use serde_json::json;
use test_kit::dump::rows_of;
use test_kit::identity::service;

use crate::app::TestApp;

#[actix_web::test]
async fn a_withdrawal_is_remembered_once() {
    let app = TestApp::spawn().await;
    let body = json!({"mbrNo": "100001311"});
    for _ in 0..3 {
        let answer =
            app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    }
    assert_eq!(rows_of(&app.db, "withdrawn_member").await.len(), 1);
}

#[actix_web::test]
async fn only_a_sister_may_tell() {
    let app = TestApp::spawn().await;
    let body = json!({"mbrNo": "100001311"});
    let answer = app.service.post(INTERNAL_MEMBERS_WITHDRAWAL.path, &service("shop"), &body).await;
    assert_eq!(answer.status, 403);
    let malformed = app
        .service
        .post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &json!({"mbrNo": "x"}))
        .await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec!["mbrNo"]));
}
