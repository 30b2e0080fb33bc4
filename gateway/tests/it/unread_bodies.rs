//! A caller hears its answer, however much of its body is still to be sent.

use std::time::Duration;

use contract::operations::JSON_LIMIT;
use contract::operations::inquiry::{QUESTION_SAVE, SEARCH_GOODS};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::app::TestApp;
use crate::keys::Token;
use crate::stub::{misbehaving, read_head};

/// Longer than anybody is listened to who has nothing more to say.
const PAUSE: Duration = Duration::from_millis(2_500);
const AT_ONCE: usize = 50;
/// More than the kernel takes from who is not read.
const LARGE: usize = 8 * JSON_LIMIT;

/// A request that is refused before its body is read.
struct Refused {
    status: u16,
    target: String,
    headers: String,
    length: usize,
}

fn refused() -> Vec<Refused> {
    let save = format!("{} {}", QUESTION_SAVE.method.as_str(), QUESTION_SAVE.path);
    let search = format!("{} {}", SEARCH_GOODS.method.as_str(), SEARCH_GOODS.path);
    let known = format!("authorization: Bearer {}\r\n", Token::member().sign());
    let guest = format!("authorization: Bearer {}\r\n", Token::guest().sign());
    let json = "content-type: application/json\r\n";
    let case = |status, target: &str, headers: String, length| Refused {
        status,
        target: target.to_owned(),
        headers,
        length,
    };
    vec![
        case(401, &save, json.to_owned(), LARGE),
        case(403, &save, format!("{guest}{json}"), LARGE),
        case(404, "POST /v1/nothing", format!("{known}{json}"), LARGE),
        case(405, &search.replace("POST", "PUT"), format!("{known}{json}"), LARGE),
        case(413, &search, format!("{known}{json}"), LARGE),
        case(415, &save, format!("{known}content-type: text/plain\r\n"), LARGE),
    ]
}

/// Sends all of it before it listens, as many clients do; any error on the way costs such a client its answer.
async fn status(port: u16, request: &Refused, pause: Duration) -> String {
    let Refused { target, headers, length, .. } = request;
    let head = format!("{target} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(pause).await;
    let piece = [b' '; 16 * 1024];
    let mut left = *length;
    while left > 0 {
        let now = left.min(piece.len());
        stream.write_all(&piece[..now]).await.expect("the gateway listens to the end");
        left -= now;
    }
    let mut answer = String::new();
    let read = timeout(Duration::from_secs(60), stream.read_to_string(&mut answer)).await;
    read.expect("the connection ends with the body").expect("it ends in order");
    answer.lines().next().unwrap_or_default().to_owned()
}

async fn check(app: &TestApp, request: &Refused, pause: Duration) {
    let heard = join_all((0..AT_ONCE).map(|_| status(app.port, request, pause))).await;
    let expected = format!("HTTP/1.1 {} ", request.status);
    assert!(heard.iter().all(|line| line.starts_with(&expected)), "{expected}: {heard:?}");
}

#[actix_web::test]
async fn a_refusal_is_heard_by_who_sends_all_of_its_body_first() {
    let app = TestApp::spawn().await;
    for request in refused() {
        check(&app, &request, Duration::ZERO).await;
    }
    check(&app, &refused()[0], PAUSE).await;
}

#[actix_web::test]
async fn what_a_service_says_before_it_hangs_up_reaches_who_is_still_sending() {
    const REFUSED: &[u8] =
        b"HTTP/1.1 900 \r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let address = misbehaving(async |_, mut connection: TcpStream| {
        read_head(&mut connection).await;
        // What it has not read makes a reset of its end.
        connection.write_all(REFUSED).await.unwrap();
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let known = format!("authorization: Bearer {}\r\n", Token::member().sign());
    let headers = format!("{known}content-type: application/json\r\n");
    let target = format!("{} {}", QUESTION_SAVE.method.as_str(), QUESTION_SAVE.path);
    let request = Refused { status: 900, target, headers, length: LARGE };
    check(&app, &request, Duration::ZERO).await;
}

#[actix_web::test]
async fn who_only_drips_behind_its_answer_is_let_go() {
    let app = TestApp::with(|settings| {
        settings.limits.body_total_ms = 300;
        settings.limits.body_bytes_per_s = 64 << 20;
    })
    .await;
    let mut stream = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    let Refused { target, headers, .. } = &refused()[0];
    let head = format!("{target} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {LARGE}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let dripping = async {
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(60), dripping).await.unwrap();
}

#[actix_web::test]
async fn who_never_comes_to_an_end_is_let_go() {
    let app = TestApp::spawn().await;
    let mut stream = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    let Refused { target, headers, .. } = &refused()[0];
    let head = format!("{target} HTTP/1.1\r\nhost: x\r\n{headers}transfer-encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let cut_off = async { while stream.write_all(chunk.as_bytes()).await.is_ok() {} };
    timeout(Duration::from_secs(60), cut_off).await.unwrap();
}

#[actix_web::test]
async fn who_waits_to_be_told_to_go_on_is_told_no_more_than_its_answer() {
    let app = TestApp::spawn().await;
    let mut stream = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    let Refused { target, headers, .. } = &refused()[0];
    let head = format!(
        "{target} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {LARGE}\r\nexpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        stream.read_buf(&mut answer).await.unwrap();
    }
    stream.shutdown().await.unwrap();
    timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 ") && !answer.contains("100 Continue"), "{answer}");
}
