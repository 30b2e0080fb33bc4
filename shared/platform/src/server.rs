//! Runs an HTTP server until it is told to stop, and lets what is in flight finish.

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use serde::Deserialize;
use socket2::{Domain, Socket, Type};

/// Connections that may wait to be accepted; the kernel may allow fewer. With the 128 of the standard library a crowd that
/// comes at once makes everybody else wait for the second attempt of the handshake, a second later.
const BACKLOG: i32 = 4096;

/// Where and how a process listens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerSettings {
    pub host: String,
    pub port: u16,
    /// Threads that serve requests; 0 = one per core.
    pub workers: usize,
    /// How long the process goes on serving, not ready any more, after it was told to stop (SIGTERM): until those who send to it
    /// have heard. 0 where nobody has to hear.
    pub drain_seconds: u64,
    /// How long requests in flight may take to finish when the process stops.
    pub shutdown_seconds: u64,
    /// How long a client may take to send the head of a request.
    pub head_timeout_seconds: u64,
    pub keep_alive_seconds: u64,
    /// Open connections per worker; more wait in the kernel's queue.
    pub max_connections: usize,
    /// Bytes of request bodies that are held at the same time, whoever sends them; a service answers 503 to more. A quarter as much
    /// again is there for the first 16 KiB of each.
    pub body_bytes: usize,
    /// Stop when standard input ends: whoever started the process holds the other end.
    pub stop_on_stdin_eof: bool,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            host: "0.0.0.0".into(),
            port: 8080,
            workers: 0,
            drain_seconds: 0,
            shutdown_seconds: 30,
            head_timeout_seconds: 10,
            keep_alive_seconds: 75,
            max_connections: 25_000,
            body_bytes: 48 * 1024 * 1024,
            stop_on_stdin_eof: false,
        }
    }
}

impl ServerSettings {
    /// Binds the address; port 0 takes any free one.
    pub fn bind(&self) -> std::io::Result<TcpListener> {
        let mut failure = std::io::ErrorKind::AddrNotAvailable.into();
        for address in (self.host.as_str(), self.port).to_socket_addrs()? {
            match listen(address) {
                Ok(listener) => return Ok(listener),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    pub fn worker_count(&self) -> usize {
        if self.workers > 0 {
            self.workers
        } else {
            std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get)
        }
    }

    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }

    pub fn shutdown_timeout(&self) -> Duration {
        Duration::from_secs(self.shutdown_seconds)
    }
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Stops the server, gracefully, when standard input ends.
pub fn stop_on_stdin_eof(handle: ServerHandle) {
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let mut buffer = [0_u8; 64];
        while matches!(std::io::stdin().read(&mut buffer), Ok(count) if count > 0) {}
        // The receiver is gone only when the process is stopping anyway.
        let _ = sender.send(());
    });
    tokio::spawn(async move {
        if receiver.await.is_ok() {
            tracing::info!("standard input ended, stopping");
            handle.stop(true).await;
        }
    });
}

/// The settings every actix server of the house shares.
#[macro_export]
macro_rules! http_server {
    ($settings:expr, $listener:expr, $factory:expr) => {{
        let settings: &$crate::server::ServerSettings = $settings;
        actix_web::HttpServer::new($factory)
            // Who stops the process knows how to leave; the framework would stop at once.
            .disable_signals()
            .workers(settings.worker_count())
            .max_connections(settings.max_connections)
            .keep_alive(std::time::Duration::from_secs(settings.keep_alive_seconds))
            .client_request_timeout(std::time::Duration::from_secs(settings.head_timeout_seconds))
            .shutdown_timeout(settings.shutdown_seconds)
            .listen($listener)
    }};
}
