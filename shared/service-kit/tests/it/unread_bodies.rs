//! A caller hears its answer, however much of its body is still to be sent.

use std::time::Duration;

use contract::operations::{JSON_LIMIT, claim};
use futures_util::future::join_all;
use platform::identity::INTERNAL_HEADER;
use test_kit::identity::service;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::probe::Probe;

/// The framework by itself listens for a second.
const PAUSE: Duration = Duration::from_millis(1_500);
const AT_ONCE: usize = 50;

/// A request that is refused before its body is read.
struct Refused {
    status: u16,
    target: String,
    headers: String,
    length: usize,
}

impl Probe {
    fn refused(&self) -> Vec<Refused> {
        let request = self.service.request(reqwest::Method::PUT, "/", &service("shop")).build();
        let request = request.expect("it is well-formed");
        let credential = request.headers()[INTERNAL_HEADER].to_str().expect("it is text");
        let known = format!("{INTERNAL_HEADER}: {credential}\r\n");
        let json = "content-type: application/json\r\n";
        let case = |status, target: &str, headers: String, length| Refused {
            status,
            target: target.to_owned(),
            headers,
            length,
        };
        let (goods, other_items) =
            (format!("PUT {}", claim::GOODS.path), format!("POST {}", claim::OTHER_ITMS.path));
        vec![
            case(401, &goods, json.to_owned(), JSON_LIMIT),
            case(404, "PUT /v1/nothing", format!("{known}{json}"), JSON_LIMIT),
            case(415, &goods, format!("{known}content-type: text/plain\r\n"), 4 * JSON_LIMIT),
            case(413, &other_items, format!("{known}{json}"), JSON_LIMIT + 1),
            case(900, &goods, format!("{known}{json}idempotency-key: \u{e9}\r\n"), 4 * JSON_LIMIT),
        ]
    }
}

/// Sends all of it before it listens, as many clients do; any error on the way costs such a client its answer.
async fn status(address: &str, request: &Refused, pause: Duration) -> String {
    let Refused { target, headers, length, .. } = request;
    let head = format!("{target} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n");
    let mut stream = TcpStream::connect(address).await.expect("the service listens");
    stream.write_all(head.as_bytes()).await.expect("the service takes a head");
    tokio::time::sleep(pause).await;
    let mut body = tokio::io::repeat(b' ').take(u64::try_from(*length).expect("a small number"));
    tokio::io::copy(&mut body, &mut stream).await.expect("the service listens to the end");
    let mut answer = String::new();
    let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_string(&mut answer)).await;
    read.expect("the connection ends with the body").expect("it ends in order");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn a_refusal_is_heard_by_who_sends_all_of_its_body_first() {
    let probe = Probe::start();
    let address = probe.service.base.trim_start_matches("http://");
    for request in probe.refused() {
        for pause in [Duration::ZERO, PAUSE] {
            let heard = join_all((0..AT_ONCE).map(|_| status(address, &request, pause))).await;
            let expected = format!("HTTP/1.1 {} ", request.status);
            assert!(heard.iter().all(|line| line.starts_with(&expected)), "{expected}: {heard:?}");
        }
    }
}

#[actix_web::test]
async fn who_never_comes_to_an_end_is_not_listened_to_for_ever() {
    let probe = Probe::start();
    let address = probe.service.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("the service listens");
    let head = format!("PUT {} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n", claim::GOODS.path);
    stream.write_all(head.as_bytes()).await.expect("the service takes a head");
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let cut_off = async { while stream.write_all(chunk.as_bytes()).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(60), cut_off).await.expect("the connection ends");
}
