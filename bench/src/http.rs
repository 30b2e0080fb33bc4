//! A load generator: so many keep-alive connections, each with one request in flight.
//!
//! It shares the machine with what it measures, so it does no more than it must: requests are written as they were made
//! before, and of an answer only status and length are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use local_stack::failure::{Context as _, Failure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::figures::{Sample, microseconds};

/// Where to ask, and what, in turn.
#[derive(Clone)]
pub(crate) struct Requests {
    pub(crate) address: SocketAddr,
    pub(crate) texts: Arc<Vec<String>>,
}

/// A request with a JSON body and one header that says who asks.
pub(crate) fn post(path: &str, (header, value): (&str, &str), body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\n{header}: {value}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

impl Requests {
    pub(crate) async fn load(&self, connections: usize, within: Duration) -> Result<Sample, Failure> {
        let started = Instant::now();
        let mut clients = JoinSet::new();
        for number in 0..connections {
            // Everybody begins elsewhere, so that no two ask for the same at once.
            let first = number * self.texts.len() / connections;
            clients.spawn(ask(self.clone(), first, started + within));
        }
        let mut latencies = Vec::new();
        while let Some(client) = clients.join_next().await {
            latencies.extend(client.context("a client of the load generator ended badly")??);
        }
        Ok(Sample::new(latencies, started.elapsed()))
    }

    /// The body of the answer to the first request.
    pub(crate) async fn first_answer(&self) -> Result<String, Failure> {
        let mut connection = Connection::open(self.address).await?;
        let request = self.texts.first().ok_or_else(|| Failure::new("there is no request"))?;
        let body = connection.exchange(request).await?;
        Ok(String::from_utf8_lossy(body).into_owned())
    }
}

/// One client: asks until the time is over; how long each answer took.
async fn ask(requests: Requests, first: usize, until: Instant) -> Result<Vec<u64>, Failure> {
    let mut connection = Connection::open(requests.address).await?;
    let mut latencies = Vec::with_capacity(1 << 16);
    for request in requests.texts.iter().cycle().skip(first) {
        let started = Instant::now();
        if started >= until {
            break;
        }
        connection.exchange(request).await?;
        latencies.push(microseconds(started.elapsed()));
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
        let mut body_start_and_end = None;
        loop {
            let read = self.stream.read_buf(&mut self.answer).await.context("an answer can't be read")?;
            if read == 0 {
                return Err(Failure::new("an answer ends in the middle"));
            }
            if body_start_and_end.is_none() {
                body_start_and_end = head(&self.answer)?;
            }
            if let Some((start, end)) = body_start_and_end
                && self.answer.len() >= end
            {
                return Ok(self.answer.get(start..end).unwrap_or_default());
            }
        }
    }
}

/// Where the body begins and ends, once the whole head is there. Everything but a 200 of a known length is refused.
fn head(answer: &[u8]) -> Result<Option<(usize, usize)>, Failure> {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let text = String::from_utf8_lossy(answer.get(..end).unwrap_or_default());
    let refused =
        || Failure::new(format!("not the answer that was hoped for: {}", String::from_utf8_lossy(answer)));
    if !text.starts_with("HTTP/1.1 200 ") {
        return Err(refused());
    }
    let length = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok())
        .ok_or_else(refused)?;
    Ok(Some((end + 4, end + 4 + length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_where_the_body_lies() {
        assert_eq!(head(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"), Ok(None));
        assert_eq!(head(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"), Ok(Some((38, 40))));
        assert!(head(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n").is_err());
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }
}
