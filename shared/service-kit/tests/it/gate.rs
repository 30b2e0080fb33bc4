//! Nobody comes in without the internal credential, and nobody past the declared rule.

use contract::operations::claim;
use reqwest::Method;
use serde_json::json;
use test_kit::identity::{agent, anonymous, member, service};
use test_kit::service::read;

use crate::probe::Probe;

#[actix_web::test]
async fn a_call_without_the_internal_credential_is_refused() {
    let probe = Probe::start();
    let url = format!("{}{}", probe.service.base, claim::OTHER_ITMS.path);
    let http = reqwest::Client::new();
    let bare = read(http.post(&url).json(&json!([]))).await;
    assert_eq!((bare.status, bare.code()), (401, "UNAUTHORIZED"));
    let with_user_token = read(http.post(&url).bearer_auth("a.b.c").json(&json!([]))).await;
    assert_eq!(with_user_token.status, 401);
    let forged = read(http.post(&url).header("x-internal-identity", "a.b").json(&json!([]))).await;
    assert_eq!(forged.status, 401);
    assert_eq!(forged.json["isProcess"], false);
    assert_eq!(forged.json["payload"], json!(null));
}

#[actix_web::test]
async fn health_needs_no_credential() {
    let probe = Probe::start();
    for path in ["/health/live", "/health/ready"] {
        let answer = read(reqwest::Client::new().get(format!("{}{path}", probe.service.base))).await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn the_declared_role_decides() {
    let probe = Probe::start();
    let body = json!({"key": "a"});
    for caller in [anonymous(), member("100001311"), agent("a1")] {
        let answer = read(probe.service.request(Method::PUT, claim::GOODS.path, &caller).json(&body)).await;
        assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{caller:?}");
    }
    let answer =
        read(probe.service.request(Method::PUT, claim::GOODS.path, &service("shop")).json(&body)).await;
    assert_eq!(answer.status, 200);
}

#[actix_web::test]
async fn an_internal_operation_is_for_sisters_only() {
    let probe = Probe::start();
    let path = claim::INTERNAL_CLAIMS_COUNT.path;
    assert_eq!(probe.service.get(path, &service("shop")).await.status, 403);
    assert_eq!(probe.service.get_as_sister(path, "member-service").await.status, 200);
}

#[actix_web::test]
async fn paths_methods_types_and_sizes_are_judged_before_the_handler() {
    let probe = Probe::start();
    let other_itms = claim::OTHER_ITMS.path;
    let unknown = probe.service.get("/v1/nothing", &anonymous()).await;
    assert_eq!((unknown.status, unknown.code()), (404, "NOT_FOUND"));
    let wrong_method = probe.service.get(other_itms, &anonymous()).await;
    assert_eq!((wrong_method.status, wrong_method.code()), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(wrong_method.headers["allow"], "POST");

    let post = || probe.service.request(Method::POST, other_itms, &anonymous());
    let text = read(post().header("content-type", "text/plain").body("[]")).await;
    assert_eq!((text.status, text.code()), (415, "UNSUPPORTED_MEDIA_TYPE"));
    assert_eq!(read(post().body("[]")).await.status, 415);
    let large = read(post().header("content-type", "application/json").body("[".repeat((1 << 20) + 1))).await;
    assert_eq!((large.status, large.code()), (413, "BODY_TOO_LARGE"));
    let missing = read(post().header("content-type", "application/json")).await;
    assert_eq!((missing.status, missing.fields()), (900, vec!["body"]));
    let wrong_type = read(post().header("content-type", "application/json; charset=utf-8").body("{}")).await;
    assert_eq!((wrong_type.status, wrong_type.code()), (900, "VALIDATION"));
}

#[actix_web::test]
async fn a_declared_operation_without_a_handler_says_so() {
    let probe = Probe::start();
    let answer = probe.service.post(claim::CANCEL_FO.path, &agent("a1"), &json!({})).await;
    assert_eq!((answer.status, answer.code()), (501, "NOT_IMPLEMENTED"));
}

#[actix_web::test]
async fn the_request_id_comes_back() {
    let probe = Probe::start();
    let given =
        probe.service.request(Method::GET, "/v1/nothing", &anonymous()).header("x-request-id", "abc-1");
    assert_eq!(read(given).await.headers["x-request-id"], "abc-1");
    let unsafe_id =
        probe.service.request(Method::GET, "/v1/nothing", &anonymous()).header("x-request-id", "a b");
    assert_ne!(read(unsafe_id).await.headers["x-request-id"], "a b");
}
