use actix_http::ServiceConfig;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::forward::client::UpstreamError;

fn taken(text: &str) -> (Option<AnswerHead>, BytesMut) {
    let mut input = BytesMut::from(text);
    let head = take(&mut input);
    (head, input)
}

#[test]
fn a_usual_head_is_taken_out_and_leaves_its_body() {
    let (head, rest) = taken("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\n{}");
    let head = head.expect("it is usual");
    assert_eq!((head.status, head.length, head.is_kept_alive), (StatusCode::OK, Some(2), true));
    let values: Vec<_> = head.headers.get_all("x-a").map(HeaderValue::as_bytes).collect();
    assert_eq!((values, head.headers.len()), (vec![&b"1"[..], b"2"], 2));
    assert_eq!(&*rest, b"{}");
}

#[test]
fn what_is_not_usual_is_left_as_it_came() {
    for text in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nUpgrade: h2c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x-secret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 999999 OK\r\nContent-Length: 2\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
    ] {
        let (head, rest) = taken(text);
        assert!(head.is_none(), "{text:?}");
        assert_eq!(&*rest, text.as_bytes(), "{text:?}");
    }
    let many = "X: 1\r\n".repeat(MAX_HEADERS);
    assert!(taken(&format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{many}\r\n")).0.is_none());
}

/// The codec's clock wants a runtime.
fn decoded(input: &mut BytesMut) -> Result<Option<AnswerHead>, UpstreamError> {
    let runtime = actix_web::rt::Runtime::new().expect("a runtime");
    runtime.block_on(async { AnswerHead::decode(input, &ServiceConfig::default()) })
}

/// Lines heads are made of, the good ones first.
const LINES: [&str; 18] = [
    "Content-Length: 2",
    "Content-Type: application/json",
    "Set-Cookie: a",
    "Set-Cookie: b",
    "X-A: \u{b9}",
    "content-length: 7",
    "Content-Length: 0",
    "Content-Length: -1",
    "Transfer-Encoding: chunked",
    "Connection: close",
    "Connection: Keep-Alive",
    "connection: x-a",
    "Upgrade: h2c",
    "X A: 1",
    "X-A : 1",
    ": 1",
    "X-A: 1\n y",
    "X-A: \0",
];
const GOOD_LINES: usize = 5;

const STATUS_LINES: [&str; 8] = [
    "HTTP/1.1 200 OK",
    "HTTP/1.1 404",
    "HTTP/1.1 900 ",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 100 Continue",
    "HTTP/1.0 200 OK",
    "HTTP/1.1 20 OK",
    "HTTP/2 200 OK",
];

/// What can be said about a head: status, length, whether the connection stays, and its other headers.
fn said(head: &AnswerHead) -> (String, Vec<(String, Vec<u8>)>) {
    let AnswerHead { status, headers, length, is_kept_alive, .. } = head;
    let mut others: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .filter(|(name, _)| !matches!(name.as_str(), "content-length" | "connection"))
        .collect();
    others.sort();
    (format!("{status} {length:?} {is_kept_alive}"), others)
}

proptest! {
    #[test]
    fn what_is_taken_here_the_codec_would_have_read_the_same(
        status in select(&STATUS_LINES[..]),
        good in proptest::collection::vec(select(&LINES[..GOOD_LINES]), 0..4),
        any in proptest::collection::vec(select(&LINES[..]), 0..3),
        cut in any::<Index>(),
        is_cut in any::<bool>(),
    ) {
        let lines = [good, any].concat().join("\r\n");
        let mut text = format!("{status}\r\n{lines}\r\n\r\nbody");
        if is_cut {
            // Cutting bytes could part a character; what is left of it is of no matter.
            text.truncate(text.floor_char_boundary(cut.index(text.len())));
        }
        let (taken, rest) = taken(&text);
        if let Some(head) = taken {
            let mut input = BytesMut::from(text.as_str());
            let decoded = decoded(&mut input).expect("the codec reads it").expect("it is all there");
            prop_assert_eq!(said(&head), said(&decoded));
            prop_assert_eq!(rest, input);
        }
    }
}
