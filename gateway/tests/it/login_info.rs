//! Who a token says one is: answered here, asked of nobody.

use contract::operations::gateway::GET_LOGIN_INFO;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::keys::{NOW, Token};

#[actix_web::test]
async fn whoever_has_a_good_token_is_told_what_it_says() {
    let app = TestApp::spawn().await;
    let kst = |second: i64| {
        let time = chrono::DateTime::from_timestamp(second, 0).unwrap();
        time.with_timezone(&chrono::FixedOffset::east_opt(9 * 3600).unwrap()).to_rfc3339()
    };
    let exp = NOW + 120;
    for (token, sub, roles, site_no, ord_no) in [
        (Token::member(), "100001311", json!(["member"]), "1", Value::Null),
        (
            Token::of(&["admin", "agent"], "A001").claim("siteNo", json!("2")),
            "A001",
            json!(["agent", "admin"]),
            "2",
            Value::Null,
        ),
        // The number of an order says something about a guest only.
        (
            Token::of(&["agent"], "김상담").claim("ordNo", json!("20260801O000001")),
            "김상담",
            json!(["agent"]),
            "1",
            Value::Null,
        ),
        (Token::of(&["service"], "shop"), "shop", json!(["service"]), "1", Value::Null),
    ] {
        let token = token.claim("exp", json!(exp)).sign();
        let reply = app.call(&GET_LOGIN_INFO, Some(&token)).await;
        let expected = json!({"sub": sub, "roles": roles, "siteNo": site_no, "ordNo": ord_no,
            "expDtm": kst(exp), "serverDtm": kst(NOW)});
        assert_eq!((reply.status, &reply.body["payload"]), (200, &expected), "{}", reply.body);
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    let reply = app.call(&GET_LOGIN_INFO, Some(&Token::guest().sign())).await;
    assert_eq!(reply.body["payload"]["roles"], json!(["guest"]));
    assert!(reply.body["payload"]["ordNo"].is_string(), "{}", reply.body);
    assert_eq!(app.echo.seen(), Vec::<String>::new(), "no service was asked");
}

#[actix_web::test]
async fn without_a_good_token_nothing_is_told() {
    let app = TestApp::spawn().await;
    assert_eq!(app.call(&GET_LOGIN_INFO, None).await.refusal(), (401, "UNAUTHORIZED"));
    let expired = Token::member().claim("exp", json!(NOW - 60)).sign();
    assert_eq!(app.call(&GET_LOGIN_INFO, Some(&expired)).await.refusal(), (401, "UNAUTHORIZED"));
    let with_body = app.request(&GET_LOGIN_INFO).bearer_auth(Token::member().sign()).body("{}");
    assert_eq!(crate::app::reply(with_body).await.refusal(), (415, "UNSUPPORTED_MEDIA_TYPE"));
}

#[actix_web::test]
async fn it_counts_like_every_operation() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 1;
    })
    .await;
    let token = Token::member().sign();
    assert_eq!(app.call(&GET_LOGIN_INFO, Some(&token)).await.status, 200);
    assert_eq!(app.call(&GET_LOGIN_INFO, Some(&token)).await.refusal(), (429, "TOO_MANY_REQUESTS"));
}
