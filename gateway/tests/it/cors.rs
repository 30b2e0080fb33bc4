//! Web pages of other origins.

use reqwest::Method;

use crate::app::{Reply, TestApp, reply};

const SHOP: &str = "https://shop.example";

async fn app() -> TestApp {
    TestApp::with(|settings| settings.cors_origins = vec![SHOP.into(), "http://localhost:3000".into()]).await
}

async fn ask(app: &TestApp, origin: Option<&str>, method: Option<&str>, path: &str) -> Reply {
    let mut request = app.http.request(Method::OPTIONS, app.url(path));
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    if let Some(method) = method {
        request = request.header("access-control-request-method", method);
    }
    reply(request).await
}

#[actix_web::test]
async fn a_preflight_from_an_allowed_origin_needs_no_token() {
    let app = app().await;
    let answer = ask(&app, Some(SHOP), Some("PUT"), "/api/order/v1/customerservice/questionMod").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some(SHOP));
    assert_eq!(answer.header("access-control-allow-methods"), Some("PUT, POST"));
    for name in ["authorization", "content-type", "idempotency-key"] {
        assert!(answer.header("access-control-allow-headers").unwrap().contains(name), "{name}");
    }
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn other_options_requests_are_wrong_methods() {
    let app = app().await;
    let path = "/v1/member/getOrdTotAmt";
    for (origin, method) in [
        (Some("https://evil.example"), Some("POST")),
        (Some("https://shop.example.evil.example"), Some("POST")),
        (Some("http://shop.example"), Some("POST")),
        (Some("null"), Some("POST")),
        (Some(SHOP), None),
        (None, Some("POST")),
        (None, None),
    ] {
        let answer = ask(&app, origin, method, path).await;
        assert_eq!(answer.refusal(), (405, "METHOD_NOT_ALLOWED"), "{origin:?} {method:?}");
        let shown = answer.header("access-control-allow-origin");
        assert_eq!(shown, origin.filter(|origin| *origin == SHOP), "{origin:?}");
    }
    assert_eq!(ask(&app, Some(SHOP), Some("POST"), "/nowhere").await.status, 404);
}

#[actix_web::test]
async fn answers_and_refusals_can_be_read_by_allowed_pages_only() {
    let app = app().await;
    for path in ["/v1/customerservice/getQuestionInit", "/v1/customerservice/getQuestion", "/nowhere"] {
        let answer = reply(app.http.get(app.url(path)).header("origin", SHOP)).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(SHOP), "{path}");
        assert_eq!(answer.header("vary"), Some("Origin"), "{path}");
        let answer = reply(app.http.get(app.url(path)).header("origin", "https://evil.example")).await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(answer.header("vary"), Some("Origin"), "{path}");
    }
}

#[actix_web::test]
async fn without_origins_in_the_settings_there_is_no_cors() {
    let app = TestApp::spawn().await;
    let answer = ask(&app, Some(SHOP), Some("POST"), "/v1/member/getOrdTotAmt").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(answer.header("vary"), None);
}
