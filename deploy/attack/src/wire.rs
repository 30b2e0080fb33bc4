//! Requests as attackers and honest callers send them, each on a connection of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// An address of this machine.
pub(crate) const HOME: Ipv4Addr = Ipv4Addr::LOCALHOST;
pub(crate) const JSON: &str = "application/json";

/// No answer is waited for longer than the gateway waits for a service, and then some.
const PATIENCE: Duration = Duration::from_secs(60);
/// Of an answer so much is kept; the rest is only counted.
const KEPT: usize = 64 * 1024;

/// What a request says.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    method: &'static str,
    path: String,
    from: Ipv4Addr,
    content_type: String,
    headers: String,
    pub(crate) body: Bytes,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// 0 where none came.
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    /// Of the body.
    pub(crate) length: usize,
    pub(crate) body: Vec<u8>,
}

impl Ask {
    pub(crate) fn get(path: &str, from: Ipv4Addr) -> Self {
        Self::new("GET", path, from, Bytes::new())
    }

    pub(crate) fn post(path: &str, from: Ipv4Addr, body: impl Into<Bytes>) -> Self {
        Self::new("POST", path, from, body.into())
    }

    pub(crate) fn new(method: &'static str, path: &str, from: Ipv4Addr, body: Bytes) -> Self {
        let content_type = JSON.to_owned();
        Self { method, path: path.to_owned(), from, content_type, headers: String::new(), body }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub(crate) fn coming_from(mut self, from: Ipv4Addr) -> Self {
        self.from = from;
        self
    }

    pub(crate) fn of_type(mut self, content_type: String) -> Self {
        self.content_type = content_type;
        self
    }

    pub(crate) fn by(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) async fn send(&self, to: SocketAddr) -> Answer {
        timeout(PATIENCE, self.exchange(to)).await.ok().and_then(Result::ok).unwrap_or_default()
    }

    /// Sends all of the body but its end, and keeps the connection for as long. Says what was answered in the meantime.
    pub(crate) async fn hold(&self, to: SocketAddr, left_out: usize, for_so_long: Duration) -> Answer {
        let Ok(mut stream) = self.open(to).await else { return Answer::default() };
        let (mut reader, mut writer) = stream.split();
        let sent = self.body.slice(..self.body.len().saturating_sub(left_out));
        let send = async {
            // One that is answered early may be cut off while it sends.
            let _ = writer.write_all(self.head().as_bytes()).await;
            let _ = writer.write_all(&sent).await;
        };
        let receive = async { read(&mut reader).await.unwrap_or_default() };
        let both = async {
            tokio::pin!(receive);
            tokio::select! {
                answer = &mut receive => answer,
                () = send => receive.await,
            }
        };
        timeout(for_so_long, both).await.unwrap_or_default()
    }

    async fn exchange(&self, to: SocketAddr) -> std::io::Result<Answer> {
        let mut stream = self.open(to).await?;
        let (mut reader, mut writer) = stream.split();
        let send = async {
            // What comes back says more than that the rest could not be sent.
            let _ = writer.write_all(self.head().as_bytes()).await;
            let _ = writer.write_all(&self.body).await;
        };
        let receive = read(&mut reader);
        tokio::pin!(receive);
        tokio::select! {
            answer = &mut receive => answer,
            () = send => receive.await,
        }
    }

    async fn open(&self, to: SocketAddr) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((self.from, 0).into())?;
        let stream = socket.connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    fn head(&self) -> String {
        let Self { method, path, content_type, headers, body, .. } = self;
        let body = match body.len() {
            0 => String::new(),
            length => format!("content-type: {content_type}\r\ncontent-length: {length}\r\n"),
        };
        format!("{method} {path} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n{headers}{body}\r\n")
    }
}

async fn read(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> std::io::Result<Answer> {
    let (mut kept, mut length) = (Vec::new(), 0);
    let mut chunk = vec![0; 16 * 1024];
    let mut expected = None;
    loop {
        let read = match stream.read(&mut chunk).await {
            Ok(0) => break,
            Ok(read) => read,
            // Reset behind an answer: what came of it counts.
            Err(_) if length > 0 => break,
            Err(error) => return Err(error),
        };
        length += read;
        let room = KEPT.saturating_sub(kept.len()).min(read);
        kept.extend(chunk.iter().take(room));
        if expected.is_none() {
            expected = whole_length(&kept);
        }
        if expected.is_some_and(|expected| length >= expected) {
            break;
        }
    }
    let Some((head, body)) = split(&kept) else { return Ok(Answer::default()) };
    let head_length = kept.len() - body.len();
    Ok(Answer {
        status: head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default(),
        retry_after: header(&head, "retry-after").and_then(|seconds| seconds.parse().ok()),
        length: length - head_length,
        body: body.to_vec(),
    })
}

/// Of head and body, where the head says so.
fn whole_length(received: &[u8]) -> Option<usize> {
    let (head, body) = split(received)?;
    let body_length: usize = header(&head, "content-length")?.parse().ok()?;
    Some(received.len() - body.len() + body_length)
}

fn split(received: &[u8]) -> Option<(String, &[u8])> {
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, body) = received.split_at(end + 4);
    Some((String::from_utf8_lossy(head).into_owned(), body))
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    let lines = head.split("\r\n").skip(1);
    lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_is_read_to_the_length_it_says() {
        let mut text: &[u8] =
            b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbusy and more";
        let answer = read(&mut text).await.unwrap();
        assert_eq!((answer.status, answer.retry_after), (503, Some(1)));
        assert!(answer.body.starts_with(b"busy"));
        assert_eq!(read(&mut &b""[..]).await.unwrap().status, 0);
    }
}
