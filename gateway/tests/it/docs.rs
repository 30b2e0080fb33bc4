//! What describes the API is served by the gateway itself, to anybody.

use serde_json::Value;

use crate::app::TestApp;

async fn get(app: &TestApp, path: &str) -> reqwest::Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.get(app.url(path)).send().await.unwrap()
}

#[actix_web::test]
async fn the_document_is_public_and_whole() {
    let app = TestApp::spawn().await;
    let answer = get(&app, "/openapi.json").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let document: Value = answer.json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["paths"]["/api/order/v1/member/getOrdTotAmt"]["post"].is_object());
    assert!(!document.to_string().contains("/internal/"), "what is among the services stays there");
}

#[actix_web::test]
async fn the_page_and_all_it_asks_for_come_from_here() {
    let app = TestApp::spawn().await;
    for (path, content_type) in [
        ("/docs", "text/html; charset=utf-8"),
        ("/docs/init.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui.css", "text/css; charset=utf-8"),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], content_type);
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'self'"), "{policy}");
        assert!(!answer.bytes().await.unwrap().is_empty());
    }
    assert_eq!(get(&app, "/docs/other.js").await.status(), 404);
}

#[actix_web::test]
async fn metrics_are_counted_and_not_shown_to_callers() {
    let app = TestApp::spawn().await;
    assert_eq!(get(&app, "/metrics").await.status(), 404);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = app.url("/v1/member/getOrdTotAmt");
    let refused = client.post(url).header("authorization", "Bearer a.b").send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let page = platform::metrics::get().scrape();
    assert!(page.contains("aftercare_token_refusals_total{reason=\"malformed\"}"), "{page}");
    assert!(page.contains("aftercare_requests_total{operation=\"none\",status=\"401\"}"), "{page}");
}
