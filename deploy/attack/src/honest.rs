//! Honest callers beside an attack: they must be served.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::wire::Ask;

const PAUSE: Duration = Duration::from_millis(400);
/// Who is told to come back waits as long as is said, and no longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// An answer that takes longer is none to a customer.
const PATIENCE: Duration = Duration::from_secs(15);
/// So many failures are told word for word.
const TOLD: usize = 5;

#[derive(Debug, Default)]
struct Counts {
    served: AtomicU64,
    again: AtomicU64,
    failed: AtomicU64,
    slowest: AtomicU64,
    told: Mutex<Vec<String>>,
}

/// What the honest callers noticed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noticed {
    pub(crate) served: u64,
    /// Told to come back, and served then.
    pub(crate) again: u64,
    pub(crate) failed: u64,
    pub(crate) slowest_ms: u64,
    pub(crate) told: Vec<String>,
}

pub(crate) struct Honest {
    counts: Arc<Counts>,
    calling: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Honest {
    pub(crate) fn start(to: SocketAddr, asks: Vec<Ask>) -> Self {
        let counts = Arc::new(Counts::default());
        let (stop, stopping) = watch::channel(false);
        let calling = asks.into_iter().map(|ask| {
            let called = call(to, ask, Arc::clone(&counts), stopping.clone());
            tokio::spawn(called)
        });
        Self { calling: calling.collect(), counts, stop }
    }

    /// Whoever is waiting for an answer waits for it to its end.
    pub(crate) async fn stop(self) -> Noticed {
        self.stop.send_replace(true);
        for caller in self.calling {
            // One that panicked has told so itself.
            let _ = caller.await;
        }
        let counts = &self.counts;
        let number = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Noticed {
            served: number(&counts.served),
            again: number(&counts.again),
            failed: number(&counts.failed),
            slowest_ms: number(&counts.slowest),
            told: counts.told.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

async fn call(to: SocketAddr, ask: Ask, counts: Arc<Counts>, mut stopping: watch::Receiver<bool>) {
    loop {
        let started = Instant::now();
        let mut answer = tokio::time::timeout(PATIENCE, ask.send(to)).await.unwrap_or_default();
        let is_told_to_come_back = [429, 503].contains(&answer.status);
        if is_told_to_come_back {
            let wait = Duration::from_secs(answer.retry_after.unwrap_or(1)).min(LONGEST_WAIT);
            tokio::time::sleep(wait).await;
            answer = tokio::time::timeout(PATIENCE, ask.send(to)).await.unwrap_or_default();
        }
        let took = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        counts.slowest.fetch_max(took, Ordering::Relaxed);
        let counter = match (answer.status, is_told_to_come_back) {
            (200, false) => &counts.served,
            (200, true) => &counts.again,
            _ => {
                let mut told = counts.told.lock().unwrap_or_else(PoisonError::into_inner);
                if told.len() < TOLD {
                    let text: String = String::from_utf8_lossy(&answer.body).chars().take(200).collect();
                    told.push(format!("{} after {took} ms: {text}", answer.status));
                }
                &counts.failed
            }
        };
        counter.fetch_add(1, Ordering::Relaxed);
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
