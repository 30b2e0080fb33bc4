//! One address with more connections than anybody needs.

use std::time::Duration;

use contract::operations::inquiry::GET_QUESTION_INIT;
use contract::operations::promotion::MILEAGE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::app::{TestApp, assert_envelope, reply};
use crate::keys::Token;
use crate::raw;
use crate::stub::{misbehaving, read_head};

const GET: &[u8] = b"GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n";
const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
/// So many over the cap are told so; see `address_cap`.
const TOLD: usize = 16;

async fn connect_from(app: &TestApp, address: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    socket.connect(([127, 0, 0, 1], app.port).into()).await.unwrap()
}

async fn get(connection: &mut TcpStream) -> u16 {
    connection.write_all(GET).await.unwrap();
    raw::read(connection).await.status
}

/// What a connection hears to its end. It may end in a reset.
async fn all_of(connection: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = timeout(Duration::from_secs(20), connection.read_to_end(&mut bytes)).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

#[actix_web::test]
async fn an_address_over_its_cap_is_told_so_and_others_go_on() {
    let app = TestApp::with(|settings| settings.limits.connections_per_address = 3).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut connection = connect_from(&app, "127.0.0.1").await;
        assert_eq!(get(&mut connection).await, 200);
        open.push(connection);
    }
    let mut fourth = connect_from(&app, "127.0.0.1").await;
    fourth.write_all(GET).await.unwrap();
    let answer = all_of(&mut fourth).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 429 "), "{answer}");
    for header in ["\r\nretry-after: 1", "\r\nconnection: close", "\r\nx-request-id: "] {
        assert!(head.contains(header), "{header}: {answer}");
    }
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_envelope(&body);
    assert_eq!(body["code"], "TOO_MANY_REQUESTS");
    assert_eq!(app.echo.seen().len(), 3, "nothing of it reached a service");

    assert_eq!(get(&mut connect_from(&app, "127.0.0.2").await).await, 200, "another address goes on");
    for connection in &mut open {
        assert_eq!(get(connection).await, 200, "and so do the connections that were there");
    }
    open.pop();
    let again = async {
        while get(&mut connect_from(&app, "127.0.0.1").await).await != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), again).await.expect("a place that was given back is there again");
}

#[actix_web::test]
async fn far_over_its_cap_an_address_is_not_even_answered() {
    let app = TestApp::with(|settings| settings.limits.connections_per_address = 1).await;
    let mut first = connect_from(&app, "127.0.0.1").await;
    assert_eq!(get(&mut first).await, 200);
    let mut told = Vec::new();
    for _ in 0..TOLD {
        let mut connection = connect_from(&app, "127.0.0.1").await;
        assert_eq!(raw::read(&mut connection).await.status, 429);
        told.push(connection);
    }
    assert_eq!(all_of(&mut connect_from(&app, "127.0.0.1").await).await, "");
    assert_eq!(get(&mut connect_from(&app, "127.0.0.2").await).await, 200);
    assert_eq!(get(&mut first).await, 200);
}

#[actix_web::test]
async fn nought_is_no_cap() {
    let app = TestApp::with(|settings| settings.limits.connections_per_address = 0).await;
    let mut open = Vec::new();
    for _ in 0..700 {
        open.push(connect_from(&app, "127.0.0.1").await);
    }
    for connection in &mut open {
        assert_eq!(get(connection).await, 200);
    }
}

#[actix_web::test]
async fn behind_a_proxy_it_is_the_callers_requests_that_are_counted() {
    let (arrived, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
    let (release, released) = tokio::sync::watch::channel(false);
    let address = misbehaving(move |_, mut connection| {
        let (arrived, mut released) = (arrived.clone(), released.clone());
        async move {
            while !read_head(&mut connection).await.is_empty() {
                arrived.send(()).unwrap();
                released.wait_for(|released| *released).await.unwrap();
                connection.write_all(OK).await.unwrap();
            }
        }
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.limits.connections_per_address = 2;
        settings.proxy_hops = 1;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let ask = |caller: &'static str| {
        reply(app.request(&GET_QUESTION_INIT).header("x-forwarded-for", format!("6.6.6.6, {caller}")))
    };
    let pending = futures_util::future::join(ask("203.0.113.1"), ask("203.0.113.1"));
    let meanwhile = async {
        for _ in 0..2 {
            arrivals.recv().await.unwrap();
        }
        // The proxy's own connections are as many as it likes.
        let mut idle = Vec::new();
        for _ in 0..20 {
            idle.push(connect_from(&app, "127.0.0.1").await);
        }
        let refused = ask("203.0.113.1").await;
        assert_eq!(refused.refusal(), (429, "TOO_MANY_REQUESTS"));
        assert_eq!(refused.header("retry-after"), Some("1"));
        assert_ne!(refused.header("connection"), Some("close"), "the connection is the proxy's");
        let token = Token::member().sign();
        let others = app.request(&MILEAGE).header("authorization", format!("Bearer {token}"));
        assert_eq!(reply(others.header("x-forwarded-for", "203.0.113.2")).await.status, 200);
        release.send(true).unwrap();
    };
    let ((first, second), ()) = tokio::join!(pending, meanwhile);
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(ask("203.0.113.1").await.status, 200, "the places are free again");
}

#[actix_web::test]
async fn what_stands_left_of_the_proxys_word_hides_nobody() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 2;
        settings.proxy_hops = 1;
    })
    .await;
    let mut statuses = Vec::new();
    for junk in ["6.6.6.6, ", "\u{e9}, ", ",,,, "] {
        let request = format!(
            "GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {junk}203.0.113.9\r\n\r\n"
        );
        statuses.push(raw::send(app.port, &request).await.status);
    }
    assert_eq!(statuses, [200, 200, 429], "all three are the same caller");
}
