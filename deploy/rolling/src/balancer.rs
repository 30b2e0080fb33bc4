//! What a Kubernetes Service does: one address, and each new connection to it goes to one of the pods that are ready.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use local_stack::failure::{Context as _, Failure};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug)]
pub(crate) struct Balancer {
    port: u16,
    pods: Arc<Pods>,
}

#[derive(Debug, Default)]
struct Pods {
    ready: Mutex<Vec<SocketAddr>>,
    turn: AtomicUsize,
}

impl Balancer {
    pub(crate) async fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("a port for a balancer")?;
        let port = listener.local_addr().context("a balancer's port")?.port();
        let pods = Arc::new(Pods::default());
        tokio::spawn(accept(listener, Arc::clone(&pods)));
        Ok(Self { port, pods })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn add(&self, pod: SocketAddr) {
        self.pods.ready.lock().unwrap_or_else(PoisonError::into_inner).push(pod);
    }

    pub(crate) fn remove(&self, pod: SocketAddr) {
        self.pods.ready.lock().unwrap_or_else(PoisonError::into_inner).retain(|known| *known != pod);
    }
}

impl Pods {
    fn next(&self) -> Option<SocketAddr> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        ready.get(turn.checked_rem(ready.len())?).copied()
    }
}

async fn accept(listener: TcpListener, pods: Arc<Pods>) {
    while let Ok((caller, _)) = listener.accept().await {
        // Without a pod the connection ends, as it would be refused.
        let Some(pod) = pods.next() else { continue };
        tokio::spawn(carry(caller, pod));
    }
}

/// A connection stays with its pod until either side ends it.
async fn carry(mut caller: TcpStream, pod: SocketAddr) {
    let Ok(mut stream) = TcpStream::connect(pod).await else { return };
    let _ = (caller.set_nodelay(true), stream.set_nodelay(true));
    // Whoever broke it off hears of it at its own end.
    let _ = tokio::io::copy_bidirectional(&mut caller, &mut stream).await;
}
