//! Calls to sister services: bounded, repeated only where that is safe, and given up on where it is hopeless.

use std::time::{Duration, Instant};

use contract::operations::{claim, member};
use platform::clock::Clock;
use platform::http_client::{Call, ClientError, ClientSettings, Repeat, ServiceClient, get, post};
use platform::identity::{INTERNAL_HEADER, Origin};
use platform::request_context::RequestContext;
use serde_json::json;
use test_kit::identity::internal_keys;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const NAME: &str = "claim-service";

fn quick() -> ClientSettings {
    ClientSettings { try_timeout_ms: 200, retries: 2, breaker_failures: 100, ..ClientSettings::default() }
}

fn client(base: &str, settings: &ClientSettings) -> ServiceClient {
    ServiceClient::new(NAME, "member-service", base, internal_keys(), Clock::system(), settings)
        .expect("a client can be built")
}

async fn answering(statuses: &[u16]) -> MockServer {
    let server = MockServer::start().await;
    for (index, status) in statuses.iter().enumerate() {
        let priority = u8::try_from(index + 1).expect("a short list");
        let answer = ResponseTemplate::new(*status).set_body_json(json!({"n": index}));
        let mock = Mock::given(method("POST")).respond_with(answer).with_priority(priority);
        let is_last = index + 1 == statuses.len();
        if is_last { mock.mount(&server).await } else { mock.up_to_n_times(1).mount(&server).await }
    }
    server
}

async fn tries(server: &MockServer) -> usize {
    server.received_requests().await.map_or(0, |requests| requests.len())
}

#[actix_web::test]
async fn a_safe_call_is_repeated_until_it_succeeds() {
    let server = answering(&[503, 502, 200]).await;
    let reply = client(&server.uri(), &quick()).call(post(&member::INTERNAL_NOTIFICATIONS, &json!({}))).await;
    assert_eq!(reply.expect("the third try").bare::<serde_json::Value>().expect("JSON"), json!({"n": 2}));
    assert_eq!(tries(&server).await, 3);
}

#[actix_web::test]
async fn a_call_that_may_happen_only_once_is_sent_only_once() {
    let server = answering(&[503, 200]).await;
    let body = json!({});
    let call = Call { repeat: Repeat::Never, ..post(&member::INTERNAL_NOTIFICATIONS, &body) };
    let error = client(&server.uri(), &quick()).call(call).await.expect_err("the first answer counts");
    assert!(matches!(error, ClientError::Failed { status: 503, .. }), "{error}");
    assert_eq!(tries(&server).await, 1);
}

#[actix_web::test]
async fn a_refusal_is_not_argued_with() {
    let server = MockServer::start().await;
    let envelope = json!({"timestamp": "2026-11-22T12:00:00+09:00", "code": "ORDER_NOT_FOUND", "message": "없음",
        "isProcess": false, "payload": null, "error": true, "errors": []});
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(900).set_body_json(envelope))
        .mount(&server)
        .await;
    let error = client(&server.uri(), &quick())
        .call(post(&member::INTERNAL_NOTIFICATIONS, &json!({})))
        .await
        .expect_err("refused");
    assert!(
        matches!(&error, ClientError::Refused { status: 900, code, .. } if code == "ORDER_NOT_FOUND"),
        "{error}"
    );
    assert!(!error.is_transient());
    assert_eq!(tries(&server).await, 1);
}

#[actix_web::test]
async fn a_sister_that_hangs_or_is_gone_costs_a_bounded_time() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
    Mock::given(method("POST")).respond_with(slow).mount(&server).await;
    let started = Instant::now();
    let client_of_slow = client(&server.uri(), &quick());
    let error =
        client_of_slow.call(post(&member::INTERNAL_NOTIFICATIONS, &json!({}))).await.expect_err("too slow");
    assert!(matches!(error, ClientError::TimedOut { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));

    let gone = test_kit::service::any_port().local_addr().expect("an address");
    let error = client(&format!("http://{gone}"), &quick())
        .call(post(&member::INTERNAL_NOTIFICATIONS, &json!({})))
        .await
        .expect_err("nobody listens");
    assert!(matches!(error, ClientError::Unreachable { .. }), "{error}");
}

#[actix_web::test]
async fn a_sister_that_fails_again_and_again_is_left_alone_for_a_while() {
    let server = answering(&[503]).await;
    let settings = ClientSettings { retries: 0, breaker_failures: 3, breaker_open_ms: 60_000, ..quick() };
    let client = client(&server.uri(), &settings);
    for _ in 0..3 {
        let error = client.call(post(&member::INTERNAL_NOTIFICATIONS, &json!({}))).await.expect_err("503");
        assert!(matches!(error, ClientError::Failed { .. }), "{error}");
    }
    let error = client.call(post(&member::INTERNAL_NOTIFICATIONS, &json!({}))).await.expect_err("left alone");
    assert!(matches!(error, ClientError::CircuitOpen { .. }), "{error}");
    assert_eq!(tries(&server).await, 3, "the fourth was not sent");
}

#[actix_web::test]
async fn a_call_says_who_calls_and_for_which_request() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(claim::INTERNAL_CLAIMS_COUNT.path))
        .and(header("x-request-id", "the-request-at-hand"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({})))
        .expect(1)
        .mount(&server)
        .await;
    let context = RequestContext { request_id: "the-request-at-hand".into(), traceparent: None };
    let client = client(&server.uri(), &quick());
    context
        .scope(client.call(get(&claim::INTERNAL_CLAIMS_COUNT, &[("mbrNo", "1")])))
        .await
        .expect("answered");
    let requests = server.received_requests().await.expect("recorded");
    let request = requests.first().expect("one request");
    assert_eq!(request.url.query(), Some("mbrNo=1"));
    let token =
        request.headers.get(INTERNAL_HEADER).and_then(|value| value.to_str().ok()).expect("an identity");
    let caller =
        internal_keys().verify(token, "member-service", Clock::system().now()).expect("signed by us");
    assert_eq!(caller.origin, Origin::Service(NAME.into()));
}
