//! How often one may call.

use contract::operations::inquiry::{GET_QUESTION, GET_QUESTION_INIT, SEARCH_GOODS};

use crate::app::{TestApp, reply, with_a_second_issuer};
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
    assert_eq!(answer.header("ratelimit-policy"), Some("\"caller\";q=3;w=3"));
    assert!(answer.header("ratelimit").unwrap().starts_with("\"caller\";r=0;t="));
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
async fn namesakes_of_two_issuers_are_counted_apart() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 3;
        with_a_second_issuer(settings);
    })
    .await;
    let first = Token::member().sign();
    for _ in 0..3 {
        assert_eq!(app.call(&GET_QUESTION, Some(&first)).await.status, 200);
    }
    assert_eq!(app.call(&GET_QUESTION, Some(&first)).await.status, 429);
    let second = Token::member().claim("iss", serde_json::json!("second")).sign();
    assert_eq!(app.call(&GET_QUESTION, Some(&second)).await.status, 200);
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
async fn pages_of_our_own_count_for_the_address_and_health_never_does() {
    let app = strict().await;
    let get =
        |path: &str| reply(app.http.get(app.url(path)).header("x-forwarded-for", "203.0.113.1".to_owned()));
    for path in ["/docs/swagger-ui-bundle.js", "/openapi.json", "/.well-known/jwks.json"] {
        assert_eq!(get(path).await.status, 200, "{path}");
    }
    assert_eq!(get("/docs/swagger-ui-bundle.js").await.refusal(), (429, "TOO_MANY_REQUESTS"));
    for _ in 0..20 {
        assert_eq!(get("/health/live").await.status, 200);
        assert_eq!(get("/health/ready").await.status, 200);
    }
}

#[actix_web::test]
async fn nought_switches_the_limit_off() {
    let app = TestApp::spawn().await;
    for _ in 0..500 {
        assert_eq!(app.call(&GET_QUESTION_INIT, None).await.status, 200);
    }
}

#[actix_web::test]
async fn answers_say_what_is_left() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 50;
        settings.rates.operations =
            [("getquestion".to_owned(), gateway::Quota { per_second: 1, burst: 5 })].into();
    })
    .await;
    let token = Token::member().sign();
    let first = app.call(&GET_QUESTION, Some(&token)).await;
    assert_eq!(first.header("ratelimit-policy"), Some("\"caller\";q=50;w=50, \"operation\";q=5;w=5"));
    assert_eq!(first.header("ratelimit"), Some("\"caller\";r=49;t=1, \"operation\";r=4;t=1"));
    assert_eq!(first.header("retry-after"), None);
    assert_eq!(
        app.call(&GET_QUESTION_INIT, None).await.header("ratelimit-policy"),
        Some("\"caller\";q=50;w=50")
    );
    let unlimited = TestApp::spawn().await;
    assert_eq!(unlimited.call(&GET_QUESTION, Some(&token)).await.header("ratelimit"), None);
}

#[actix_web::test]
async fn an_operation_may_be_rarer_than_the_rest() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 100;
        settings.rate_burst = 400;
        settings.rates.operations =
            [("getquestion".to_owned(), gateway::Quota { per_second: 1, burst: 2 })].into();
    })
    .await;
    let (busy, quiet) = (Token::member().sign(), Token::of(&["member"], "100001312").sign());
    for _ in 0..2 {
        assert_eq!(app.call(&GET_QUESTION, Some(&busy)).await.status, 200);
    }
    let answer = app.call(&GET_QUESTION, Some(&busy)).await;
    assert_eq!(answer.refusal(), (429, "TOO_MANY_REQUESTS"));
    assert!(answer.header("retry-after").is_some());
    assert_eq!(app.call(&SEARCH_GOODS, Some(&busy)).await.status, 200);
    assert_eq!(app.call(&GET_QUESTION, Some(&quiet)).await.status, 200);
}

#[actix_web::test]
async fn an_address_with_too_many_bad_tokens_is_not_listened_to_except_for_known_ones() {
    let app = TestApp::with(|settings| {
        settings.rates.failed_tokens_per_second = 1;
        settings.rates.failed_tokens_burst = 3;
        settings.proxy_hops = 1;
    })
    .await;
    let call = |address: &'static str, token: &str| {
        let request = app.request(&GET_QUESTION).header("authorization", format!("Bearer {token}"));
        reply(request.header("x-forwarded-for", address))
    };
    let known = Token::member().sign();
    assert_eq!(call("203.0.113.1", &known).await.status, 200);
    for _ in 0..3 {
        assert_eq!(call("203.0.113.1", "guessed").await.status, 401);
    }
    let answer = call("203.0.113.1", "guessed").await;
    assert_eq!(answer.refusal(), (429, "TOO_MANY_REQUESTS"));
    assert_eq!(answer.header("ratelimit-policy"), Some("\"failed-tokens\";q=3;w=3"));
    assert!(answer.header("retry-after").is_some());
    assert_eq!(call("203.0.113.1", &known).await.status, 200);
    assert_eq!(call("203.0.113.2", "guessed").await.status, 401);
}
