use chrono::TimeDelta;
use futures_util::future::join_all;
use jsonwebtoken::dangerous::insecure_decode;
use serde_json::{Value, json};
use test_kit::identity::anonymous;

use crate::app::{TestApp, noon};
use crate::guest_order::{ORDER_NO, PASSWORD, claimed, password_in};
use crate::log;

#[tokio::test]
async fn the_right_password_opens_one_order_for_half_an_hour() {
    log::keep();
    let app = TestApp::spawn().await.with_guest_order().await;
    let answer = app.log_in(ORDER_NO, PASSWORD).await;
    assert_eq!((answer.status, answer.code()), (200, "0000"));
    assert_eq!(answer.payload()["expiresIn"], 1800);
    let token = answer.payload()["accessToken"].as_str().unwrap();
    let claims: Value = insecure_decode(token).unwrap().claims;
    let now = noon().timestamp();
    assert_eq!(
        claims,
        json!({"iss": "member-service", "aud": "order-aftercare", "sub": ORDER_NO, "ordNo": ORDER_NO,
               "roles": ["guest"], "siteNo": "2", "iat": now, "exp": now + 1800})
    );
    assert!(!log::contains(PASSWORD) && !log::contains(token));
}

#[tokio::test]
async fn every_wrong_login_gets_the_same_answer() {
    let app = TestApp::spawn().await.with_guest_order().await;
    app.put_order("20260802O000009", Some("100001311")).await;
    let tries = [
        (ORDER_NO, "guest-1235"),
        ("20260802O000003", PASSWORD),
        ("20260802O000009", PASSWORD),
        (ORDER_NO, &"x".repeat(5000)),
    ];
    let mut bodies = Vec::new();
    for (order_no, password) in tries {
        let answer = app.log_in(order_no, password).await;
        assert_eq!((answer.status, answer.code()), (900, "LOGIN_FAILED"), "{order_no}");
        let mut body = answer.json.clone();
        body["timestamp"] = Value::Null;
        bodies.push(body);
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
}

#[tokio::test]
async fn what_is_missing_or_malformed_is_named() {
    let app = TestApp::spawn().await;
    let login = |body: Value| {
        let app = &app;
        async move { app.service.post("/v1/member/nonMbrLogin", &anonymous(), &body).await }
    };
    let answer = login(json!({})).await;
    assert_eq!((answer.status, answer.fields()), (900, vec!["ordNo", "ordPwd"]));
    let answer = login(json!({"ordNo": "nonsense", "ordPwd": "x"})).await;
    assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordNo"]));
    let answer = login(json!({"ordNo": ORDER_NO, "ordPwd": 1234})).await;
    assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordPwd"]));
}

#[tokio::test]
async fn after_ten_failures_the_order_number_is_closed_until_the_hour_has_passed() {
    let app = TestApp::spawn().await.with_guest_order().await;
    for _ in 0..10 {
        assert_eq!(app.log_in(ORDER_NO, "wrong").await.code(), "LOGIN_FAILED");
        assert_eq!(app.log_in("20260802O000003", "wrong").await.code(), "LOGIN_FAILED");
        app.clock.advance(TimeDelta::minutes(1));
    }
    let closed = app.log_in(ORDER_NO, PASSWORD).await;
    assert_eq!((closed.status, closed.code()), (429, "TOO_MANY_REQUESTS"));
    assert_eq!(closed.headers["retry-after"], "3000");
    assert_eq!(app.log_in(ORDER_NO, "wrong").await.status, 429);
    assert_eq!(app.log_in("20260802O000003", "wrong").await.status, 429, "no order of this number exists");

    // A new password does not open it either.
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);
    let password = password_in(&app.all_sent().await[0]);
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 429);

    app.clock.advance(TimeDelta::minutes(50) - TimeDelta::microseconds(1));
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 429);
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 200);
    // Nine failures are still within the hour, so one more closes it again.
    assert_eq!(app.log_in(ORDER_NO, "wrong").await.code(), "LOGIN_FAILED");
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 429);
}

#[tokio::test]
async fn of_thirty_wrong_guesses_at_once_ten_are_answered() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let answers = join_all((0..30).map(|_| app.log_in(ORDER_NO, "wrong"))).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(900), count(429)), (10, 20));
}

#[tokio::test]
async fn right_logins_at_once_are_all_let_in() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let answers = join_all((0..20).map(|_| app.log_in(ORDER_NO, PASSWORD))).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
}
