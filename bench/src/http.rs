//! A load generator: so many keep-alive connections, each with one request in flight.
//!
//! It shares the machine with what it measures, so it does no more than it must: requests are made beforehand, and of
//! an answer only status and length are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use local_stack::failure::{Context as _, Failure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::figures::microseconds;

/// Where to ask, and what, in turn.
#[derive(Clone)]
pub(crate) struct Requests {
    address: SocketAddr,
    texts: Arc<Vec<String>>,
    /// Of requests that can be sent only once.
    spent: Option<Arc<Spent>>,
}

/// How many of the requests that can be sent only once have been, and how they were answered.
#[derive(Default)]
pub(crate) struct Spent {
    sent: AtomicUsize,
    /// What an answer holds that says everything was done.
    done: &'static str,
    undone: AtomicUsize,
}

impl Spent {
    pub(crate) fn until(done: &'static str) -> Arc<Self> {
        Arc::new(Self { done, ..Self::default() })
    }

    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Answers that came before everything was done.
    pub(crate) fn undone(&self) -> usize {
        self.undone.load(Ordering::Relaxed)
    }

    fn note(&self, body: &[u8]) {
        if !body.windows(self.done.len()).any(|window| window == self.done.as_bytes()) {
            self.undone.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A request with a JSON body and headers of its own, one of which says who asks; its id is given, as the gateway does for a
/// service.
pub(crate) fn post(path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers.iter().map(|(header, value)| format!("{header}: {value}\r\n")).collect();
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\n{headers}x-request-id: bench\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

impl Requests {
    /// Requests that may be repeated as often as there is time.
    pub(crate) fn repeated(address: SocketAddr, texts: Vec<String>) -> Self {
        Self { address, texts: Arc::new(texts), spent: None }
    }

    /// Requests of which each is sent once, by whoever is next.
    pub(crate) fn once(address: SocketAddr, texts: Vec<String>, spent: &Arc<Spent>) -> Self {
        Self { address, texts: Arc::new(texts), spent: Some(Arc::clone(spent)) }
    }

    /// Sends each of them over one connection.
    pub(crate) async fn send_all(&self) -> Result<(), Failure> {
        let mut connection = Connection::open(self.address).await?;
        for request in self.texts.iter() {
            connection.exchange(request).await?;
        }
        Ok(())
    }

    /// The latencies of everything that was answered.
    pub(crate) async fn load(&self, connections: usize, within: Duration) -> Result<Vec<u64>, Failure> {
        let until = Instant::now() + within;
        let mut clients = JoinSet::new();
        for number in 0..connections {
            // Everybody begins elsewhere, so that no two ask for the same at once.
            let first = number * self.texts.len() / connections;
            clients.spawn(ask(self.clone(), first, until));
        }
        let mut latencies = Vec::new();
        while let Some(client) = clients.join_next().await {
            latencies.extend(client.context("a client of the load generator ended badly")??);
        }
        Ok(latencies)
    }

    /// What a client sends in its turn, which counts only where requests may be repeated.
    fn text(&self, turn: usize) -> Result<&str, Failure> {
        let place = match &self.spent {
            None => turn % self.texts.len().max(1),
            Some(spent) => spent.sent.fetch_add(1, Ordering::Relaxed),
        };
        let text = self.texts.get(place).map(String::as_str);
        text.ok_or_else(|| Failure::new("every request was sent once; BENCH_FRESH_ORDERS makes more"))
    }

    /// The body of the answer to the first request.
    pub(crate) async fn first_answer(&self) -> Result<String, Failure> {
        let mut connection = Connection::open(self.address).await?;
        let request = self.texts.first().ok_or_else(|| Failure::new("there is no request"))?;
        let body = connection.exchange(request).await?;
        Ok(String::from_utf8_lossy(body).into_owned())
    }
}

/// One client, which asks until the time is over.
async fn ask(requests: Requests, first: usize, until: Instant) -> Result<Vec<u64>, Failure> {
    let mut connection = Connection::open(requests.address).await?;
    let mut latencies = Vec::with_capacity(1 << 16);
    for turn in first.. {
        let started = Instant::now();
        if started >= until {
            break;
        }
        let body = connection.exchange(requests.text(turn)?).await?;
        latencies.push(microseconds(started.elapsed()));
        if let Some(spent) = &requests.spent {
            spent.note(body);
        }
    }
    Ok(latencies)
}

struct Connection {
    stream: TcpStream,
    /// The answer read last; kept for its memory.
    answer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await.context(address)?;
        stream.set_nodelay(true).context(address)?;
        Ok(Self { stream, answer: Vec::with_capacity(1 << 14) })
    }

    /// The body of the answer.
    async fn exchange(&mut self, request: &str) -> Result<&[u8], Failure> {
        self.stream.write_all(request.as_bytes()).await.context("a request can't be sent")?;
        self.answer.clear();
        let mut body = None;
        loop {
            let read = self.stream.read_buf(&mut self.answer).await.context("an answer can't be read")?;
            if read == 0 {
                return Err(Failure::new("an answer ends in the middle"));
            }
            if body.is_none() {
                body = body_range(&self.answer)?;
            }
            if let Some(range) = body.clone().filter(|range| range.end <= self.answer.len()) {
                return Ok(self.answer.get(range).unwrap_or_default());
            }
        }
    }
}

/// Where the body lies, once the whole head is there. Everything but a 200 of a known length is refused.
fn body_range(answer: &[u8]) -> Result<Option<std::ops::Range<usize>>, Failure> {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default());
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok());
    match length {
        Some(length) if head.starts_with("HTTP/1.1 200 ") => Ok(Some(end + 4..end + 4 + length)),
        _ => Err(Failure::new(format!("not the answer hoped for: {}", String::from_utf8_lossy(answer)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_where_the_body_lies() {
        assert_eq!(body_range(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"), Ok(None));
        assert_eq!(body_range(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"), Ok(Some(38..40)));
        assert!(body_range(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n").is_err());
        assert!(body_range(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }
}
