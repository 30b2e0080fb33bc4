//! Connections, and as much of HTTP as an attacker needs.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Connects from an address of this machine's own: all of 127.0.0.0/8 is.
pub(crate) async fn connect_from(source: Ipv4Addr, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((source, 0).into())?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The same with a window so small that whoever answers has to wait.
pub(crate) async fn connect_narrow(source: Ipv4Addr, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    socket.bind((source, 0).into())?;
    socket.connect(to).await
}

/// The status of an answer that was read to its end, and whether the connection stays.
pub(crate) async fn exchange(
    stream: &mut TcpStream,
    request: &[u8],
    buffer: &mut Vec<u8>,
) -> std::io::Result<(u16, bool)> {
    let both = async {
        stream.write_all(request).await?;
        read_answer(stream, buffer).await
    };
    timeout(PATIENCE, both).await.map_err(|_| std::io::ErrorKind::TimedOut)?
}

pub(crate) async fn read_answer(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
) -> std::io::Result<(u16, bool)> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some((status, stays, whole)) = answer(buffer)
            && buffer.len() >= whole
        {
            return Ok((status, stays));
        }
    }
}

/// Status, whether the connection stays, and the length of an answer whose head is there.
fn answer(bytes: &[u8]) -> Option<(u16, bool, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize = head
        .split("content-length: ")
        .nth(1)
        .map_or(Some(0), |rest| rest.lines().next().and_then(|length| length.trim().parse().ok()))?;
    Some((status, !head.contains("connection: close"), end + 4 + length))
}
