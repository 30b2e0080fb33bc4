//! Both databases tell the same story.

use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{agent, guest, member};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};
use crate::quote::request;

#[actix_web::test]
async fn a_story_has_the_same_answers_on_both_databases() {
    let Some(postgres) = TestDatabase::postgres() else { return };
    let on_sqlite = story(TestDatabase::sqlite()).await;
    let on_postgres = story(postgres).await;
    assert_eq!(on_sqlite.len(), on_postgres.len());
    for (place, (one, other)) in on_sqlite.iter().zip(&on_postgres).enumerate() {
        assert_eq!(one, other, "chapter {place}");
    }
}

/// Orders are looked at and previewed while claims come in, move and are refused. Every answer, without its time.
async fn story(database: TestDatabase) -> Vec<(u16, Value)> {
    let app = TestApp::spawn_on(database).await;
    let mut transcript = Vec::new();
    let mut note = |answer: TestAnswer| {
        let mut json = answer.json;
        if let Some(fields) = json.as_object_mut() {
            fields.remove("timestamp");
        }
        transcript.push((answer.status, json));
    };
    let claim = |serial: u32, order_no: &str, status: &str, quantity: i64| {
        json!({"claimNo": format!("20260801C{serial:06}"), "ordNo": order_no, "claimBusinessType": "20",
            "claimStatCd": status, "claimRsnCd": "252", "reqDtm": "2026-08-02T10:00:00.123456+09:00",
            "cmplDtm": null, "goodsList": [{"ordSeq": 1, "claimQty": quantity}]})
    };
    note(app.popup(&member(MEMBER), ORDER).await);
    note(app.popup(&guest(GUEST_ORDER), GUEST_ORDER).await);
    note(app.popup(&agent("cs1"), NO_ORDER).await);
    for quantity in 0..=4 {
        note(app.preview(&member(MEMBER), &request(ORDER, "251", &[(1, quantity)])).await);
        note(app.preview(&agent("cs1"), &request(ORDER, "270", &[(1, quantity)])).await);
    }
    note(app.import(json!([claim(2, GUEST_ORDER, "10", 1), claim(1, ORDER, "10", 2)])).await);
    note(app.import(json!([claim(1, ORDER, "20", 2), claim(2, GUEST_ORDER, "10", 1)])).await);
    note(app.import(json!([claim(3, ORDER, "10", 2)])).await);
    note(app.import(json!([claim(1, GUEST_ORDER, "20", 2)])).await);
    note(app.import(json!([claim(1, ORDER, "10", 2)])).await);
    note(app.preview(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    note(app.import(json!([claim(1, ORDER, "90", 2), claim(3, ORDER, "30", 3)])).await);
    // The order hears of what is complete after the answer.
    app.until_outbox_is_empty().await;
    note(app.popup(&member(MEMBER), ORDER).await);
    transcript
}
