//! What crosses the house in either direction, and what doesn't.

use contract::operations::claim::OTHER_ITMS;
use contract::operations::inquiry::GET_QUESTION_INIT;
use platform::identity::Caller;
use serde_json::json;

use crate::app::{TestApp, reply};
use crate::raw;
use crate::stub::{Received, TELL, misbehaving, say};

async fn received(app: &TestApp, headers: &str) -> Received {
    let request = format!("GET /v1/customerservice/getQuestionInit HTTP/1.1\r\n{headers}\r\n");
    let answer = raw::send(app.port, &request).await;
    assert_eq!(answer.status, 200, "{headers}");
    Received(answer.json())
}

#[actix_web::test]
async fn nobody_outside_says_who_they_are() {
    let app = TestApp::spawn().await;
    for headers in [
        "X-Internal-Identity: forged\r\n",
        "x-internal-identity: forged\r\nX-INTERNAL-IDENTITY: again\r\n",
        "X-Internal-Identity: forged\r\nConnection: x-internal-identity\r\n",
        "Connection: close, X-Internal-Identity , x-request-id\r\n",
        "X_Internal_Identity: forged\r\n",
        "X-Internal-Roles: admin\r\n",
    ] {
        let received = received(&app, &format!("Host: shop.example\r\n{headers}")).await;
        assert_eq!(app.vouched(&received, &GET_QUESTION_INIT), Caller::anonymous(), "{headers}");
        assert!(!received.0.to_string().contains("forged"), "{headers}");
        assert!(!received.0.to_string().contains("admin"), "{headers}");
        assert_eq!(received.header("x-request-id").len(), 1, "{headers}");
    }
}

#[actix_web::test]
async fn headers_about_one_connection_end_at_it() {
    let app = TestApp::spawn().await;
    let received = received(
        &app,
        "Host: x\r\nConnection: keep-alive, X-Hop\r\nConnection: x-other\r\nX-Hop: 1\r\nX-Other: 1\r\n\
         Keep-Alive: timeout=5\r\nProxy-Connection: close\r\nProxy-Authorization: Basic x\r\nTE: trailers\r\n\
         Trailer: x-t\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\nCookie: a=b\r\nVia: 1.1 x\r\n\
         X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /internal\r\n\
         X-Kept: 1\r\nAccept-Language: ko\r\nIdempotency-Key: k1\r\nX-Kept: 2\r\n",
    )
    .await;
    for name in [
        "x-hop",
        "x-other",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "te",
        "trailer",
        "upgrade",
        "http2-settings",
        "cookie",
        "via",
        "x-http-method-override",
        "x-original-url",
        "authorization",
    ] {
        assert_eq!(received.header(name), Vec::<&str>::new(), "{name}");
    }
    assert_eq!(received.header("x-kept"), ["1", "2"]);
    assert_eq!(received.header("accept-language"), ["ko"]);
    assert_eq!(received.header("idempotency-key"), ["k1"]);
}

#[actix_web::test]
async fn where_a_request_came_from_is_said_by_the_gateway_alone() {
    let app = TestApp::spawn().await;
    let received = received(
        &app,
        "Host: shop.example:8443\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\n\
         X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Prefix: /evil\r\n\
         Forwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nX_Forwarded_For: 6.6.6.6\r\n",
    )
    .await;
    assert_eq!(received.header("x-forwarded-for"), ["127.0.0.1"]);
    assert_eq!(received.header("x-forwarded-proto"), ["http"]);
    assert_eq!(received.header("x-forwarded-host"), ["shop.example:8443"]);
    let all = received.0.to_string();
    assert!(!all.contains("6.6.6.6") && !all.contains("evil"), "{all}");
}

#[actix_web::test]
async fn behind_proxies_of_our_own_their_word_is_taken_and_no_one_elses() {
    let app = TestApp::with(|settings| settings.proxy_hops = 2).await;
    for (forwarded_for, expected) in [
        ("6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.2", "127.0.0.1"),
        ("garbage, 10.0.0.2", "127.0.0.1"),
    ] {
        let headers = format!(
            "Host: x\r\nX-Forwarded-For: {forwarded_for}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n"
        );
        let received = received(&app, &headers).await;
        assert_eq!(received.header("x-forwarded-for"), [expected], "{forwarded_for}");
        assert_eq!(received.header("x-forwarded-proto"), ["https"]);
        assert_eq!(received.header("x-forwarded-host"), ["shop.example"]);
    }
}

#[actix_web::test]
async fn a_request_id_travels_and_comes_back() {
    let app = TestApp::spawn().await;
    let get = |id: &str| {
        let request = app.http.get(app.url("/v1/customerservice/getQuestionInit"));
        reply(if id.is_empty() { request } else { request.header("x-request-id", id) })
    };
    let answer = get("my-id_1.2").await;
    assert_eq!(answer.header("x-request-id"), Some("my-id_1.2"));
    assert_eq!(answer.received().header("x-request-id"), ["my-id_1.2"]);
    for unsafe_id in ["", "a b", "<script>", &"x".repeat(65)] {
        let answer = get(unsafe_id).await;
        let id = answer.header("x-request-id").unwrap().to_owned();
        assert!(id != unsafe_id && id.len() >= 16, "{id}");
        assert_eq!(answer.received().header("x-request-id"), [id]);
    }
    let refused = reply(app.http.get(app.url("/nowhere")).header("x-request-id", "mine")).await;
    assert_eq!(refused.header("x-request-id"), Some("mine"));
}

#[actix_web::test]
async fn a_trace_goes_on_or_begins_here() {
    let app = TestApp::spawn().await;
    let sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let continued = received(&app, &format!("Host: x\r\nTraceparent: {sent}\r\n")).await;
    assert_eq!(continued.header("traceparent"), [sent]);
    for headers in ["Host: x\r\n", "Host: x\r\nTraceparent: nonsense\r\n"] {
        let begun = received(&app, headers).await;
        let [begun] = begun.header("traceparent")[..] else { panic!("one traceparent") };
        assert!(platform::request_context::is_traceparent(begun), "{begun}");
    }
}

#[actix_web::test]
async fn services_do_not_tell_how_the_house_is_built() {
    let app = TestApp::spawn().await;
    let told = json!({"headers": [
        ["server", "secret/1.0"], ["x-powered-by", "rust"], ["x-internal-node", "n7"],
        ["x-internal-identity", "leak"], ["keep-alive", "timeout=1"], ["proxy-authenticate", "Basic"],
        ["access-control-allow-origin", "*"], ["x-request-id", "theirs"],
        ["x-kept", "1"], ["x-kept", "2"], ["content-language", "ko"], ["cache-control", "private, max-age=5"],
    ]});
    let answer = reply(app.request(&OTHER_ITMS).header(TELL, told.to_string())).await;
    for name in [
        "server",
        "x-powered-by",
        "x-internal-node",
        "x-internal-identity",
        "keep-alive",
        "proxy-authenticate",
        "access-control-allow-origin",
    ] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    let ids: Vec<_> = answer.headers.get_all("x-request-id").iter().collect();
    assert!(ids.len() == 1 && ids[0] != "theirs");
    assert_eq!(answer.headers.get_all("x-kept").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(answer.header("content-language"), Some("ko"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("private, max-age=5"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[actix_web::test]
async fn what_a_service_says_about_its_connection_ends_there() {
    const ANSWER: &[u8] =
        b"HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=1\r\n\
        Upgrade: h2c\r\nTrailer: x-t\r\nProxy-Connection: close\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\n{}";
    let address = misbehaving(|_, connection| say(connection, ANSWER)).await;
    let app = TestApp::with(|settings| {
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let answer = app.call(&GET_QUESTION_INIT, None).await;
    assert_eq!((answer.status, answer.header("x-kept")), (200, Some("1")));
    for name in ["connection", "x-hop", "keep-alive", "upgrade", "trailer", "proxy-connection"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

#[actix_web::test]
async fn every_answer_forbids_sniffing_and_storing() {
    let app = TestApp::spawn().await;
    for path in ["/nowhere", "/v1/customerservice/getQuestionInit", "/health/live"] {
        let answer = reply(app.http.get(app.url(path))).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[actix_web::test]
async fn status_900_leaves_as_the_setting_says() {
    for (setting, expected) in [(900, 900), (200, 200), (400, 400), (409, 409), (422, 422)] {
        let app = TestApp::with(|settings| {
            settings.biz_error_status = gateway::BizErrorStatus::new(setting).unwrap();
        })
        .await;
        let told = json!({"status": 900}).to_string();
        let answer = reply(app.request(&OTHER_ITMS).header(TELL, told)).await;
        assert_eq!(answer.status, expected);
        assert_eq!(answer.body["method"], "POST");
        for other in [200, 404, 409, 422, 500, 501] {
            let told = json!({"status": other}).to_string();
            assert_eq!(reply(app.request(&OTHER_ITMS).header(TELL, told)).await.status, other);
        }
    }
}
