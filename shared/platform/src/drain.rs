//! How a process leaves while others still send to it.
//!
//! Whoever balances requests hears late that a process is going, and whoever keeps a connection to it does not hear at all. So
//! it first says that it is not ready and goes on serving, takes new connections and ends each one with its next answer; when
//! nobody should be left, it stops. A caller that throws away its idle connections earlier than that never sends on one that is
//! just being closed ([`IDLE_CONNECTIONS_KEPT`]).

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web;
use tokio::signal::unix::{SignalKind, signal};

/// How long the house's own clients keep a connection without a request. Who stops waits longer than this (`server.drain_seconds`
/// in the manifests; a test compares the two).
pub const IDLE_CONNECTIONS_KEPT: Duration = Duration::from_secs(4);

/// Whether a process is about to stop. Clones are of one process.
#[derive(Clone, Debug, Default)]
pub struct Drain(Arc<AtomicBool>);

impl Drain {
    pub fn is_under_way(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says to all who ask that this process is about to stop.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Stops the server when the process is told to: on SIGTERM after `pause`, in which it goes on serving; on SIGINT, or on a
    /// second signal, at once. What is in flight finishes in any case. To be called inside a runtime.
    pub fn stop_on_signals(&self, handle: ServerHandle, pause: Duration) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let drain = self.clone();
        tokio::spawn(async move {
            let may_wait = tokio::select! {
                _ = terminate.recv() => true,
                _ = interrupt.recv() => false,
            };
            drain.begin();
            if may_wait && !pause.is_zero() {
                tracing::info!(
                    seconds = pause.as_secs(),
                    "leaving: not ready any more, and serving on for a while"
                );
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            tracing::info!("stopping");
            handle.stop(true).await;
        });
        Ok(())
    }
}

/// While its process is leaving, every answer is the last one on its connection.
pub async fn end_connections<B: MessageBody + 'static>(
    drain: web::Data<Drain>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    if drain.is_under_way() {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}
