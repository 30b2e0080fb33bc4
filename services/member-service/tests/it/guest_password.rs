use chrono::TimeDelta;
use futures_util::future::join_all;
use member_service::usecase::forget_old_tries::forget_old_tries;
use platform::clock::Clock;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::guest_order::{ORDER_NO, PASSWORD, PHONE, claimed, claimed_with, password_in};
use crate::log;

#[tokio::test]
async fn a_guest_who_knows_all_five_fields_gets_a_password_on_the_phone() {
    log::keep();
    let app = TestApp::spawn().await.with_guest_order().await;

    let answer = app.ask_password(&claimed(ORDER_NO)).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));

    let sent = app.all_sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["chnlCd"], "10");
    assert_eq!(sent[0]["to"], PHONE);
    assert_eq!(sent[0]["tmplCd"], "GUEST_TEMP_PASSWORD");
    assert_eq!(sent[0]["title"], "임시 비밀번호 안내");
    assert_eq!(sent[0]["dtm"], "2026-09-01T12:00:00+09:00");
    let keys: Vec<&String> = sent[0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6, "{keys:?}");

    let password = password_in(&sent[0]);
    assert_eq!(password.len(), 10);
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 200);
    assert_eq!(app.log_in(ORDER_NO, PASSWORD).await.code(), "LOGIN_FAILED");

    assert!(log::contains("request answered"), "the log is kept");
    assert!(!log::contains(&password), "a password in the log");
    assert!(!log::contains(PHONE), "a phone in the log");
    let bytes = app.bytes_on_disk();
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!has(&password), "a password in the database");
    let kept = rows(&app).await;
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains("******"), "{kept:?}");
}

#[tokio::test]
async fn a_name_is_the_same_however_it_was_typed() {
    let app = TestApp::spawn().await.with_guest_order().await;
    // 김비회 as Macs and some phones send it.
    let decomposed = "\u{1100}\u{1175}\u{11B7}\u{1107}\u{1175}\u{1112}\u{116C}";
    let claimed = claimed_with("ordManNm", decomposed);
    assert_eq!(app.ask_password(&claimed).await.status, 200);
}

/// Everything the notification table holds, as text.
async fn rows(app: &TestApp) -> Vec<String> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        whole: String,
    }
    let rows: Vec<Row> = app
        .write(|conn| {
            Ok(diesel::sql_query(
                "SELECT title || body || coalesce(receiver, '') || send_stat_cd AS whole FROM notification",
            )
            .load(conn)?)
        })
        .await;
    rows.into_iter().map(|row| row.whole).collect()
}

#[tokio::test]
async fn one_wrong_field_is_an_order_not_found() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let wrong = [
        ("ordNo", "20260802O000003"),
        ("ordManNm", "김비해"),
        ("umemCellSctNo", "011"),
        ("umemCellTxnoNo", "9877"),
        ("umemCellEndNo", "5433"),
    ];
    for (field, value) in wrong {
        let answer = app.ask_password(&claimed_with(field, value)).await;
        assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_FOUND"), "{field}");
        assert_eq!(answer.fields(), Vec::<&str>::new());
    }
    assert_eq!(app.all_sent().await, Vec::<Value>::new());
    assert_eq!(rows(&app).await, Vec::<String>::new());
    assert_eq!(app.log_in(ORDER_NO, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_members_order_is_an_order_not_found() {
    let app = TestApp::spawn().await;
    app.put_order("20260802O000009", Some("100001311")).await;
    let answer = app.ask_password(&claimed("20260802O000009")).await;
    assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_FOUND"));
    assert_eq!(app.all_sent().await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_missing_is_named_all_at_once_and_is_no_try() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let all = ["ordNo", "ordManNm", "umemCellSctNo", "umemCellTxnoNo", "umemCellEndNo"];
    for body in [json!({}), json!({"ordNo": "", "ordManNm": null})] {
        let answer = app.ask_password(&body).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"));
        assert_eq!(answer.fields(), all);
    }
    for malformed in ["1", "20260802C000002", "20260802O00000２"] {
        let answer = app.ask_password(&claimed_with("ordNo", malformed)).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordNo"]));
    }
    for _ in 0..6 {
        let answer = app.ask_password(&claimed_with("ordManNm", "")).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordManNm"]));
    }
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);
}

#[tokio::test]
async fn the_sixth_request_within_an_hour_is_too_many() {
    let app = TestApp::spawn().await.with_guest_order().await;
    for minute in 0..5 {
        let body = if minute == 2 { claimed(ORDER_NO) } else { claimed_with("ordManNm", "김비해") };
        let answer = app.ask_password(&body).await;
        assert_eq!(answer.status, if minute == 2 { 200 } else { 900 });
        app.clock.advance(TimeDelta::minutes(1));
    }
    let sixth = app.ask_password(&claimed(ORDER_NO)).await;
    assert_eq!((sixth.status, sixth.code()), (429, "TOO_MANY_REQUESTS"));
    assert_eq!(sixth.headers["retry-after"], "3300");
    assert_eq!(app.all_sent().await.len(), 1);

    // Another order number has its own count, and a refused request is no try.
    assert_eq!(app.ask_password(&claimed("20260802O000003")).await.code(), "ORDER_NOT_FOUND");
    app.clock.advance(TimeDelta::minutes(55) - TimeDelta::microseconds(1));
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 429);
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 429);
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);
}

#[tokio::test]
async fn requests_for_an_order_that_does_not_exist_are_counted_too() {
    let app = TestApp::spawn().await;
    for _ in 0..5 {
        assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.code(), "ORDER_NOT_FOUND");
    }
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 429);
}

#[tokio::test]
async fn of_twenty_requests_at_once_five_get_through() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let body = claimed(ORDER_NO);
    let answers = join_all((0..20).map(|_| app.ask_password(&body))).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(200), count(429)), (5, 15));
    let sent = app.all_sent().await;
    assert_eq!(sent.len(), 5);
    // Each was told a password of its own; the last one put down holds.
    let mut right = 0;
    for line in &sent {
        right += usize::from(app.log_in(ORDER_NO, &password_in(line)).await.status == 200);
    }
    assert_eq!(right, 1);
}

#[tokio::test]
async fn tries_are_forgotten_when_they_no_longer_count() {
    let app = TestApp::spawn().await;
    for _ in 0..6 {
        app.ask_password(&claimed(ORDER_NO)).await;
        app.log_in(ORDER_NO, PASSWORD).await;
    }
    assert_eq!(forget_old_tries(&app.db, &app.clock).await.unwrap(), 0);
    // Not by the service's clock: it forgets them by itself.
    let later = Clock::fixed(app.clock.now() + TimeDelta::minutes(60));
    assert_eq!(forget_old_tries(&app.db, &later).await.unwrap(), 5 + 6);
    assert_eq!(forget_old_tries(&app.db, &later).await.unwrap(), 0);
}
