//! A service that is quick, except where it is asked to be slow, long-winded or out of its mind.

use std::time::Duration;

use local_stack::failure::{Context as _, Failure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// What a file is: large enough that no buffer takes it whole.
const FILE_BYTES: usize = 8 << 20;
/// How long a search takes, so that many are under way at once.
const SEARCH_TIME: Duration = Duration::from_millis(100);

pub(crate) async fn serve(port: u16) -> Result<(), Failure> {
    let socket = TcpSocket::new_v4().context("a socket")?;
    socket.set_reuseaddr(true).context("a socket")?;
    socket.bind(([127, 0, 0, 1], port).into()).context("the port")?;
    let listener = socket.listen(4096).context("the port")?;
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // Whoever hangs up early does so for reasons of its own.
            tokio::spawn(async move { answer_all(stream).await.ok() });
        }
    }
}

async fn answer_all(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let small = format!("{{\"totalCount\":1,\"payload\":\"{}\"}}", "x".repeat(270));
    let small = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{small}",
        small.len()
    );
    let mut bytes = Vec::with_capacity(8192);
    loop {
        while let Some((head, end)) = head_of(&bytes) {
            receive_body(&mut stream, &mut bytes, &head, end).await?;
            if let Some((_, rest)) = head.split_once("illness=") {
                return suffer(stream, rest, small.as_bytes()).await;
            }
            if head.contains("/files/") {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {FILE_BYTES}\r\n\r\n");
                stream.write_all(head.as_bytes()).await?;
                let piece = [b'x'; 65536];
                for _ in 0..FILE_BYTES / piece.len() {
                    stream.write_all(&piece).await?;
                }
            } else {
                if head.contains("/getquestiondtl") {
                    tokio::time::sleep(SEARCH_TIME).await;
                }
                stream.write_all(small.as_bytes()).await?;
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    }
}

/// Answers as a service does that is ill, in the way whose name the text begins with.
async fn suffer(mut stream: TcpStream, illness: &str, answer: &[u8]) -> std::io::Result<()> {
    if illness.starts_with("reset") {
        return stream.set_zero_linger();
    }
    if illness.starts_with("garbage") {
        return stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n\r\n").await;
    }
    if illness.starts_with("half") {
        return stream.write_all(answer.get(..answer.len() / 2).unwrap_or_default()).await;
    }
    // It hangs until the gateway does.
    stream.read_u8().await.map(drop)
}

/// The head of the request the bytes begin with, in small letters, and its length.
fn head_of(bytes: &[u8]) -> Option<(String, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    Some((String::from_utf8_lossy(bytes.get(..end)?).to_ascii_lowercase(), end))
}

/// Takes a request out of the bytes, its body read to the end.
async fn receive_body(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    head: &str,
    end: usize,
) -> std::io::Result<()> {
    let declared = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
    if let Some(length) = declared {
        let length: usize = length;
        while bytes.len() < end + length {
            if stream.read_buf(bytes).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        bytes.drain(..end + length);
        return Ok(());
    }
    if head.contains("transfer-encoding: chunked") {
        while !bytes.ends_with(b"0\r\n\r\n") {
            // Only the end is of interest.
            let gone = bytes.len().saturating_sub(16);
            bytes.drain(..gone);
            if stream.read_buf(bytes).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        bytes.clear();
        return Ok(());
    }
    bytes.drain(..end);
    Ok(())
}
