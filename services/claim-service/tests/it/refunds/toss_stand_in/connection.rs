//! The stand-in's end of a connection: one request, one answer or one fault.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{Fault, Seen, State, Way, refusal};

pub(super) async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Some(seen) = receive(&mut stream).await else { return };
    let (answer, way) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.seen.push(seen.clone());
        let key = seen.path.split('/').nth(3).unwrap_or("").to_owned();
        let fault = state.faults.get_mut(&key).and_then(VecDeque::pop_front);
        match fault {
            None => (state.answer(&seen), None),
            Some(Fault::Before(Way::Slow)) => (state.answer(&seen), Some(Way::Slow)),
            Some(Fault::Before(way)) => (refusal(500, "UNUSED"), Some(way)),
            Some(Fault::After(way)) => (state.answer(&seen), Some(way)),
        }
    };
    let whole = written(answer.status, &answer.body);
    match way {
        None => send(&mut stream, whole.as_bytes()).await,
        Some(Way::Silence) => {
            let mut rest = [0_u8; 64];
            while stream.read(&mut rest).await.is_ok_and(|count| count > 0) {}
        }
        Some(Way::Closed) => {}
        Some(Way::HalfABody) => {
            let cut = whole.len() - answer.body.len() / 2;
            send(&mut stream, whole.as_bytes().get(..cut).unwrap_or_default()).await;
        }
        Some(Way::Slow) => {
            let (head, tail) = whole.as_bytes().split_at(whole.len() / 2);
            send(&mut stream, head).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
            send(&mut stream, tail).await;
        }
        // It would read well, if anybody read so much.
        Some(Way::Flood) => {
            let flood = written(answer.status, &format!("{}{}", " ".repeat(400_000), answer.body));
            send(&mut stream, flood.as_bytes()).await;
        }
        Some(way) => send(&mut stream, instead(way).as_bytes()).await,
    }
}

/// What comes in place of the answer.
fn instead(way: Way) -> String {
    match way {
        Way::Garbage => written(200, "<html>점검 중입니다: 홍길동"),
        Way::InternalError => {
            written(500, &json!({"code": "FAILED_INTERNAL_SYSTEM_PROCESSING", "message": "홍길동"}).to_string())
        }
        Way::BadGateway => written(502, "bad gateway"),
        Way::ProviderError => {
            written(400, &json!({"code": "PROVIDER_ERROR", "message": "일시적인 오류"}).to_string())
        }
        Way::Busy => {
            written(409, &json!({"code": "IDEMPOTENT_REQUEST_PROCESSING", "message": "처리 중"}).to_string())
        }
        Way::TooMany => written(429, &json!({"code": "TOO_MANY_REQUESTS", "message": ""}).to_string()),
        Way::Redirect => {
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: /v1/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                .to_owned()
        }
        Way::Silence | Way::Closed | Way::HalfABody | Way::Flood | Way::Slow => String::new(),
    }
}

fn written(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The caller may be gone, which is its own business.
async fn send(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.flush().await;
}

/// One request, head and body.
async fn receive(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(bytes.get(..head_end)?).into_owned();
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.get("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let body_start = head_end + 4;
    while bytes.len() < body_start + length {
        more(stream, &mut bytes).await?;
    }
    let body = serde_json::from_slice(bytes.get(body_start..)?).unwrap_or(Value::Null);
    Some(Seen { method, path, headers, body })
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0_u8; 4096];
    let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(piece.get(..count)?);
    Some(())
}
