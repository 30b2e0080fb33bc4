//! Callers that take their time, and callers that only sit there.

use std::time::Duration;

use contract::operations::inquiry::{GET_QUESTION, GET_QUESTION_INIT};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::app::TestApp;
use crate::keys::Token;
use crate::raw;
use crate::scale::scaled;
use crate::stub::{misbehaving, read_head};

const GET: &[u8] = b"GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n";

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(("127.0.0.1", app.port)).await.unwrap()
}

async fn hasty() -> TestApp {
    TestApp::with(|settings| {
        settings.server.head_timeout_seconds = 1;
        settings.server.keep_alive_seconds = 1;
    })
    .await
}

/// Reads until the gateway ends the connection, and fails where it doesn't.
async fn rest_of(connection: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    timeout(Duration::from_secs(20), connection.read_to_end(&mut rest)).await.unwrap().unwrap();
    rest
}

#[actix_web::test]
async fn a_head_that_does_not_come_in_time_is_408_on_every_request_of_a_connection() {
    let app = hasty().await;
    let mut connection = connect(&app).await;
    for is_first in [true, false] {
        if !is_first {
            connection = connect(&app).await;
            connection.write_all(GET).await.unwrap();
            assert_eq!(raw::read(&mut connection).await.status, 200);
        }
        connection.write_all(b"GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost:").await.unwrap();
        let answer = raw::read(&mut connection).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (408, Some("REQUEST_TIMEOUT")));
        assert!(rest_of(&mut connection).await.is_empty());
    }
}

#[actix_web::test]
async fn a_head_that_only_drips_is_408_too() {
    let app = hasty().await;
    let (mut reader, mut writer) = connect(&app).await.into_split();
    let dripping = actix_web::rt::spawn(async move {
        let mut head = b"GET / HTTP/1.1\r\nX: ".iter().chain(std::iter::repeat(&b'x'));
        while let Some(byte) = head.next()
            && writer.write_all(&[*byte]).await.is_ok()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert_eq!(raw::read(&mut reader).await.status, 408);
    dripping.abort();
}

#[actix_web::test]
async fn a_connection_without_a_request_ends_without_an_answer() {
    let app = hasty().await;
    let mut silent = connect(&app).await;
    assert!(rest_of(&mut silent).await.is_empty());
    let mut done = connect(&app).await;
    done.write_all(GET).await.unwrap();
    assert_eq!(raw::read(&mut done).await.status, 200);
    assert!(rest_of(&mut done).await.is_empty());
}

#[actix_web::test]
async fn a_caller_that_reads_nothing_of_its_answer_is_let_go() {
    let (gone, mut was_let_go) = tokio::sync::mpsc::unbounded_channel();
    let address = misbehaving(move |_, mut connection| {
        let gone = gone.clone();
        async move {
            read_head(&mut connection).await;
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
            connection.write_all(head).await.unwrap();
            // Until nobody takes any more of it.
            while connection.write_all(&[b'x'; 65536]).await.is_ok() {}
            gone.send(()).unwrap();
        }
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.limits.answer_idle_ms = 200;
        settings.limits.in_flight_per_service = 1;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let mut connection = connect(&app).await;
    connection.write_all(GET).await.unwrap();
    timeout(Duration::from_secs(30), was_let_go.recv()).await.unwrap().unwrap();
    // Its place is free again, and the service is asked for the next.
    let mut other = connect(&app).await;
    other.write_all(GET).await.unwrap();
    let mut first = [0; 15];
    other.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
}

#[actix_web::test]
async fn who_sends_many_requests_in_one_go_takes_turns_with_others() {
    const MANY: usize = 1_000;
    let app = TestApp::spawn().await;
    let (mut greedy, mut modest) = (connect(&app).await, connect(&app).await);
    for connection in [&mut greedy, &mut modest] {
        connection.write_all(GET).await.unwrap();
        assert_eq!(raw::read(connection).await.status, 200);
    }
    let many = b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n".repeat(MANY);
    greedy.write_all(&many).await.unwrap();
    modest.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert_eq!(raw::read(&mut modest).await.status, 200);
    let mut so_far = vec![0; 4 << 20];
    let length = greedy.try_read(&mut so_far).unwrap_or(0);
    let answered = String::from_utf8_lossy(&so_far[..length]).matches("HTTP/1.1 404").count();
    assert!(answered < MANY / 2, "{answered} of {MANY} were answered before one of somebody else's");
}

#[actix_web::test]
async fn connections_over_the_cap_wait_until_others_end() {
    let app = TestApp::with(|settings| settings.server.max_connections = 2).await;
    let mut first = connect(&app).await;
    let mut second = connect(&app).await;
    for connection in [&mut first, &mut second] {
        connection.write_all(GET).await.unwrap();
        assert_eq!(raw::read(connection).await.status, 200);
    }
    let mut third = connect(&app).await;
    third.write_all(GET).await.unwrap();
    assert!(timeout(Duration::from_millis(300), third.readable()).await.is_err(), "a third is served");
    drop(first);
    assert_eq!(raw::read(&mut third).await.status, 200);
}

#[actix_web::test]
async fn idle_connections_keep_nobody_out() {
    // All of them come from this machine's one address.
    let app = TestApp::with(|settings| settings.limits.connections_per_address = 0).await;
    let mut idle = Vec::new();
    for number in 0..scaled(2_000) {
        let mut connection = connect(&app).await;
        // Some have begun a request and don't go on.
        if number % 4 == 0 {
            connection.write_all(b"POST /v1/member/getOrdTotAmt HTTP/1.1\r\nHost: x\r\n").await.unwrap();
        }
        idle.push(connection);
    }
    let token = Token::member().sign();
    for _ in 0..20 {
        assert_eq!(app.call(&GET_QUESTION, Some(&token)).await.status, 200);
        assert_eq!(app.call(&GET_QUESTION_INIT, None).await.status, 200);
    }
    drop(idle);
}
