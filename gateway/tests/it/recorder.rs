//! A service that writes down every byte it is sent.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Default)]
pub(crate) struct Recorder {
    bytes: Arc<Mutex<Vec<u8>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Starts one and says where it is.
    pub(crate) async fn spawn() -> (Self, url::Url) {
        let recorder = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let shared = recorder.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(shared.clone().answer_all(connection));
            }
        });
        (recorder, url)
    }

    /// Everything that came since the last time this was asked.
    pub(crate) fn take(&self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut *self.bytes.lock().unwrap())).into_owned()
    }

    /// The heads of all requests that came to their end since the last time this was asked, in small letters.
    pub(crate) fn take_heads(&self) -> Vec<String> {
        std::mem::take(&mut *self.heads.lock().unwrap())
    }

    async fn answer_all(self, mut connection: TcpStream) {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            while let Some(length) = whole_request(&bytes) {
                let request = String::from_utf8_lossy(&bytes[..length]).to_ascii_lowercase();
                let head = request.split_inclusive("\r\n\r\n").next().unwrap();
                self.heads.lock().unwrap().push(head.to_owned());
                bytes.drain(..length);
                let answer =
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
                if connection.write_all(answer).await.is_err() {
                    return;
                }
            }
            match connection.read(&mut buffer).await {
                Ok(count) if count > 0 => {
                    self.bytes.lock().unwrap().extend_from_slice(&buffer[..count]);
                    bytes.extend_from_slice(&buffer[..count]);
                }
                _ => return,
            }
        }
    }
}

/// The length of the request the bytes begin with, if it is there to its end. The gateway declares small bodies.
fn whole_request(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    if head.contains("\r\ntransfer-encoding: chunked\r\n") {
        let last = bytes[end..].windows(5).position(|window| window == b"0\r\n\r\n")?;
        return Some(end + last + 5);
    }
    let declared = head.split("\r\ncontent-length: ").nth(1).and_then(|rest| rest.lines().next());
    let length = end + declared.map_or(0, |length| length.parse().unwrap());
    (bytes.len() >= length).then_some(length)
}
