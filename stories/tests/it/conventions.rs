//! Section 1 of the contract: paths, envelope, statuses, idempotency.

use local_stack::environment::Process;
use reqwest::Method;
use serde_json::{Value, json};
use stories::{Options, Stack, contract_order, order};
use test_kit::service::read;

const TOTAL: &str = "/v1/member/getOrdTotAmt";

fn year(member_no: &str) -> Value {
    json!({"mbrNo": member_no, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T23:59:59"})
}

#[actix_web::test]
async fn every_path_answers_bare_and_under_its_own_prefix_only() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let token = shop.member("100001311");
    for path in [TOTAL.to_owned(), format!("/api/order{TOTAL}")] {
        assert_eq!(shop.post(&path, &token, &year("100001311")).await.status, 200, "{path}");
    }
    for path in [
        format!("/api/goods{TOTAL}"),
        format!("/api/bo{TOTAL}"),
        format!("/api/order/api/order{TOTAL}"),
        format!("{TOTAL}/"),
        "/api/order".to_owned(),
        "/api/order/v1/goods/goods".to_owned(),
        "/internal/orders/20260801O000001".to_owned(),
        "/api/order/internal/notifications".to_owned(),
        "/v1/member%2FgetOrdTotAmt".to_owned(),
    ] {
        let answer = shop.post(&path, "not-even-a-token", &json!({})).await;
        assert_eq!((answer.status, answer.code()), (404, "NOT_FOUND"), "{path}: {}", answer.text);
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_whatever_the_token() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let answer = shop.get(TOTAL, "rubbish").await;
    assert_eq!((answer.status, answer.code()), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(answer.headers["allow"], "POST");
}

#[actix_web::test]
async fn a_failure_has_the_whole_envelope() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let answer = shop.post(TOTAL, &shop.member("100001311"), &json!({})).await;
    assert_eq!(answer.status, 900);
    let envelope = answer.json.as_object().expect("an envelope");
    let mut names: Vec<&str> = envelope.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["code", "error", "errors", "isProcess", "message", "payload", "timestamp"]);
    assert_eq!(answer.json["code"], "VALIDATION");
    assert_eq!(answer.json["isProcess"], false);
    assert_eq!(answer.json["error"], true);
    assert_eq!(answer.json["payload"], Value::Null);
    assert!(answer.json["timestamp"].as_str().expect("a time").ends_with("+09:00"));
    assert_eq!(answer.fields(), ["mbrNo", "buyStrDtm", "buyEndDtm"], "one row per bad field");
}

#[actix_web::test]
async fn bad_input_is_900_and_names_its_field() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let token = shop.member("100001311");
    let raw = async |body: &str| {
        let request = shop.request(Method::POST, TOTAL, &token).header("content-type", "application/json");
        read(request.body(body.to_owned())).await
    };
    for (body, field) in [
        ("", "body"),
        ("{", "body"),
        ("[]", "body"),
        (
            r#"{"mbrNo":100001311,"buyStrDtm":"2026-01-01T00:00:00","buyEndDtm":"2026-01-02T00:00:00"}"#,
            "mbrNo",
        ),
        (r#"{"mbrNo":"x","buyStrDtm":"2026-01-01T00:00:00","buyEndDtm":"2026-01-02T00:00:00"}"#, "mbrNo"),
        (r#"{"mbrNo":"100001311","buyStrDtm":"yesterday","buyEndDtm":"2026-01-02T00:00:00"}"#, "buyStrDtm"),
        (
            r#"{"mbrNo":"100001311","buyStrDtm":"2026-01-02T00:00:00","buyEndDtm":"2026-01-01T00:00:00"}"#,
            "buyEndDtm",
        ),
        (
            r#"{"mbrNo":"100001311","buyStrDtm":"2016-01-01T00:00:00","buyEndDtm":"2026-01-01T00:00:01"}"#,
            "buyEndDtm",
        ),
    ] {
        let answer = raw(body).await;
        assert_eq!(
            (answer.status, answer.code(), answer.fields()),
            (900, "VALIDATION", vec![field]),
            "{body}"
        );
    }
    let unknown_fields_are_ignored =
        r#"{"mbrNo":"100001311","buyStrDtm":"2016-01-01T00:00:00","buyEndDtm":"2026-01-01T00:00:00","x":{}}"#;
    assert_eq!(raw(unknown_fields_are_ignored).await.status, 200);

    let mut unknown_code = order("20261101O000001", "100001311", "2026-11-01T00:00:00", 1, 1_000);
    unknown_code["ordMediaCd"] = json!("99");
    let answer = shop.post("/v1/order/orders", &shop.service(), &json!({"orders": [unknown_code]})).await;
    assert_eq!((answer.status, answer.fields()), (900, vec!["orders[0].ordMediaCd"]), "{}", answer.text);

    for (query, field) in [
        ("pageNo=0", "pageNo"),
        ("pageSize=101", "pageSize"),
        ("pageNo=x", "pageNo"),
        ("pageNo=%FF", "pageNo"),
        ("unknown=%FF", "unknown"),
    ] {
        let answer = shop.get(&format!("/v1/member/notifications?{query}"), &token).await;
        assert_eq!((answer.status, answer.fields()), (900, vec![field]), "{query}: {}", answer.text);
    }
}

#[actix_web::test]
async fn types_and_sizes_are_judged_at_the_edge() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let token = shop.member("100001311");
    let post = || shop.request(Method::POST, TOTAL, &token);
    let text = read(post().header("content-type", "text/plain").body("{}")).await;
    assert_eq!((text.status, text.code()), (415, "UNSUPPORTED_MEDIA_TYPE"));
    let large = read(post().header("content-type", "application/json").body(" ".repeat((1 << 20) + 1))).await;
    assert_eq!((large.status, large.code()), (413, "BODY_TOO_LARGE"));
}

#[actix_web::test]
async fn the_edge_may_speak_another_status_and_the_services_do_not() {
    let options =
        Options { settings: vec![("GATEWAY_BIZ_ERROR_STATUS", "422".to_owned())], ..Options::default() };
    let stack = Stack::start_with(options).await;
    let shop = stack.storefront();
    let answer = shop.post(TOTAL, &shop.member("100001311"), &json!({})).await;
    assert_eq!((answer.status, answer.code()), (422, "VALIDATION"));
}

#[actix_web::test]
async fn services_answer_nobody_who_comes_past_the_gateway() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let http = reqwest::Client::new();
    for service in Process::SERVICES {
        let url = format!("{}{TOTAL}", stack.url(service));
        let answer = read(http.post(url).bearer_auth(shop.admin()).json(&json!({}))).await;
        assert_eq!((answer.status, answer.code()), (401, "UNAUTHORIZED"), "{service:?}");
    }
}

#[actix_web::test]
async fn the_same_key_and_body_bring_the_first_answer_again() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let post = async |key: &str, body: &Value| {
        let request = shop.request(Method::POST, "/v1/order/orders", &shop.service());
        read(request.header("Idempotency-Key", key).json(body)).await
    };
    let body = json!({"orders": [contract_order()]});
    let first = post("intake-1", &body).await;
    assert_eq!(first.payload(), &json!({"created": 1, "unchanged": 0}), "{}", first.text);
    assert_eq!(post("intake-1", &body).await.text, first.text, "byte for byte");
    assert_eq!(post("intake-2", &body).await.payload(), &json!({"created": 0, "unchanged": 1}));
    assert_eq!(post("intake-1", &json!({"orders": []})).await.code(), "IDEMPOTENCY_KEY_REUSED");
    let malformed = post("with space", &body).await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec!["Idempotency-Key"]));
}

#[actix_web::test]
async fn a_service_that_is_down_is_503_and_the_others_go_on() {
    let options = Options { down: vec![Process::Claim], ..Options::default() };
    let stack = Stack::start_with(options).await;
    let shop = stack.storefront();
    let down = shop.post("/v1/detail/otherItms", "", &json!([])).await;
    assert!(matches!(down.status, 502..=504), "{}", down.text);
    assert_eq!(down.json["error"], true);
    assert_eq!(shop.post(TOTAL, &shop.member("100001311"), &year("100001311")).await.status, 200);
}

#[actix_web::test]
async fn the_local_issuers_public_keys_are_published_and_its_private_ones_are_not() {
    let stack = Stack::start().await;
    let keys = stack.storefront().get("/.well-known/jwks.json", "").await;
    assert_eq!(keys.status, 200);
    let keys = keys.json["keys"].as_array().expect("a key set").clone();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0]["kty"], "RSA");
    for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
        assert!(keys[0].get(private).is_none(), "{private}");
    }
}
