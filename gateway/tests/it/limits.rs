//! How often one may call.

use dto::operations::inquiry::{GET_QUESTION, GET_QUESTION_INIT};

use crate::app::{TestApp, reply};
use crate::keys::Token;

async fn strict() -> TestApp {
    TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 3;
        settings.proxy_hops = 1;
    })
    .await
}

#[actix_web::test]
async fn a_caller_over_its_rate_waits_and_nobody_else_does() {
    let app = strict().await;
    let (busy, quiet) = (Token::member().sign(), Token::of(&["member"], "100001312").sign());
    for _ in 0..3 {
        assert_eq!(app.call(&GET_QUESTION, Some(&busy)).await.status, 200);
    }
    let answer = app.call(&GET_QUESTION, Some(&busy)).await;
    assert_eq!(answer.refusal(), (429, "TOO_MANY_REQUESTS"));
    assert!((1..=2).contains(&answer.header("retry-after").unwrap().parse::<u32>().unwrap()));
    assert_eq!(app.echo.seen().len(), 3);
    assert_eq!(app.call(&GET_QUESTION, Some(&quiet)).await.status, 200);
}

#[actix_web::test]
async fn another_token_of_the_same_caller_is_no_way_around() {
    let app = strict().await;
    let token = |iat: i64| Token::member().claim("iat", serde_json::json!(iat)).sign();
    for iat in 0..3 {
        assert_eq!(app.call(&GET_QUESTION, Some(&token(iat))).await.status, 200);
    }
    assert_eq!(app.call(&GET_QUESTION, Some(&token(3))).await.status, 429);
}

#[actix_web::test]
async fn who_sends_no_token_is_counted_by_address() {
    let app = strict().await;
    let get =
        |address: &str| reply(app.request(&GET_QUESTION_INIT).header("x-forwarded-for", address.to_owned()));
    for _ in 0..3 {
        assert_eq!(get("203.0.113.1").await.status, 200);
    }
    assert_eq!(get("203.0.113.1").await.status, 429);
    assert_eq!(get("6.6.6.6, 203.0.113.1").await.status, 429);
    assert_eq!(get("203.0.113.2").await.status, 200);
}

#[actix_web::test]
async fn nought_switches_the_limit_off() {
    let app = TestApp::spawn().await;
    for _ in 0..500 {
        assert_eq!(app.call(&GET_QUESTION_INIT, None).await.status, 200);
    }
}
