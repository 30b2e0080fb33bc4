//! Good requests with something done to them, thousands of times: whatever comes of it, the answers and what a service saw
//! fit together.

use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::app::TestApp;
use crate::keys::Token;
use crate::recorder::Recorder;
use crate::scale::scaled;

/// What the dictionary of an attacker holds.
const PIECES: [&[u8]; 44] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b" ",
    b"\t",
    b"\0",
    b"\x0b",
    b"\xff",
    b"\xc0\xaf",
    b":",
    b";",
    b",",
    b"/",
    b"//",
    b"/../",
    b"%2e%2e",
    b"%2f",
    b"%00",
    b"#",
    b"?",
    b"@",
    b"\\",
    b"0",
    b"1",
    b"-1",
    b"00000000000000000000",
    b"18446744073709551616",
    b"ffffffffffffffff",
    b"Content-Length: 0\r\n",
    b"Content-Length: 44\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: identity\r\n",
    b"Connection: close\r\n",
    b"Connection: x-internal-identity\r\n",
    b"Expect: 100-continue\r\n",
    b"Upgrade: websocket\r\n",
    b"Host: y\r\n",
    b"X-Internal-Identity: forged\r\n",
    b"Authorization: Bearer forged\r\n",
    b"0\r\n\r\n",
    b"GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n",
    b"HTTP/1.0",
    b"CONNECT",
];

#[derive(Clone, Debug)]
enum Mutation {
    Insert(usize, usize),
    Replace(usize, usize),
    Delete(usize, usize),
    Double(usize, usize),
    Flip(usize, u8),
    CutOff(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || 0_usize..600;
    prop_oneof![
        4 => (at(), 0..PIECES.len()).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        4 => (at(), 0..PIECES.len()).prop_map(|(at, piece)| Mutation::Replace(at, piece)),
        2 => (at(), 1_usize..12).prop_map(|(at, count)| Mutation::Delete(at, count)),
        1 => (at(), 1_usize..60).prop_map(|(at, count)| Mutation::Double(at, count)),
        3 => (at(), any::<u8>()).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        1 => at().prop_map(Mutation::CutOff),
    ]
}

fn apply(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let spot = |at: usize, bytes: &[u8]| at % (bytes.len() + 1);
    match *mutation {
        Mutation::Insert(at, piece) => {
            let at = spot(at, bytes);
            bytes.splice(at..at, PIECES[piece].iter().copied());
        }
        Mutation::Replace(at, piece) => {
            let at = spot(at, bytes);
            let end = (at + PIECES[piece].len()).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].iter().copied());
        }
        Mutation::Delete(at, count) => {
            let at = spot(at, bytes);
            let end = (at + count).min(bytes.len());
            bytes.drain(at..end);
        }
        Mutation::Double(at, count) => {
            let at = spot(at, bytes);
            let end = (at + count).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(end..end, again);
        }
        Mutation::Flip(at, bits) => {
            let at = spot(at, bytes);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= bits;
            }
        }
        Mutation::CutOff(at) => {
            let at = spot(at, bytes);
            bytes.truncate(at);
        }
    }
}

fn originals(token: &str) -> Vec<Vec<u8>> {
    let post = |headers: &str, body: &str| {
        format!(
            "POST /v1/detail/otherItms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n{body}"
        )
    };
    [
        "GET /v1/customerservice/getQuestionInit?a=b HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n".to_owned(),
        format!(
            "GET /api/order/v1/customerservice/files/a-b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        ),
        post("Content-Length: 14\r\n", "{\"goodsNo\":\"\"}"),
        post("Transfer-Encoding: chunked\r\n", "e\r\n{\"goodsNo\":\"\"}\r\n0\r\n\r\n"),
        post("Content-Length: 2\r\n", "{}").repeat(2),
    ]
    .map(String::into_bytes)
    .into()
}

/// The statuses of all answers on a connection, in their order.
fn statuses(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    // No body of ours says this.
    text.split("HTTP/1.").skip(1).map(|answer| answer.split(' ').nth(1).unwrap().parse().unwrap()).collect()
}

#[actix_web::test]
async fn whatever_is_done_to_a_request_answers_and_services_agree() {
    let (recorder, url) = Recorder::spawn().await;
    let app = TestApp::with(|settings| {
        settings.rates.failed_tokens_per_second = 0;
        settings.limits.connections_per_address = 0;
        let upstreams = &mut settings.upstreams;
        upstreams.cs_inquiry_url = url.clone();
        upstreams.claim_url = url.clone();
    })
    .await;
    let originals = originals(&Token::member().sign());
    let strategy = (0..originals.len(), proptest::collection::vec(mutation(), 1..4));
    let mut runner = TestRunner::deterministic();
    for number in 0..scaled(10_000) {
        let (original, mutations) = strategy.new_tree(&mut runner).unwrap().current();
        let mut bytes = originals[original].clone();
        mutations.iter().for_each(|mutation| apply(&mut bytes, mutation));
        let what = || format!("{number}: {}", String::from_utf8_lossy(&bytes));

        let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
        // The gateway may have closed in the middle of it.
        let _ = connection.write_all(&bytes).await;
        let _ = connection.shutdown().await;
        let mut read = Vec::new();
        let reading = timeout(Duration::from_secs(20), connection.read_to_end(&mut read)).await;
        assert!(reading.is_ok(), "{}: the connection stays open", what());

        let statuses = statuses(&read);
        let final_ones: Vec<u16> = statuses.iter().copied().filter(|status| *status >= 200).collect();
        assert!(final_ones.iter().all(|status| *status < 500 || *status == 900), "{}: {statuses:?}", what());
        // A service sees a request for each good answer, and no other.
        let heads = recorder.take_heads();
        let good = final_ones.iter().filter(|status| **status == 200).count();
        assert_eq!(heads.len(), good, "{}: {statuses:?}: {heads:?}", what());
        for head in heads {
            assert_eq!(head.matches("\r\nx-internal-identity: ").count(), 1, "{}: {head}", what());
            assert!(!head.contains("\r\nx-internal-identity: forged"), "{}: {head}", what());
            assert!(!head.contains("\r\nauthorization: "), "{}: {head}", what());
            let lengths = ["\r\ncontent-length: ", "\r\ntransfer-encoding: "];
            assert!(
                lengths.map(|name| head.matches(name).count()).iter().sum::<usize>() <= 1,
                "{}: {head}",
                what()
            );
        }
    }
    let live = app.http.get(app.url("/health/live")).send().await.unwrap();
    assert_eq!(live.status().as_u16(), 200);
}
