//! How fast a caller has to send what it sends.

use std::time::{Duration, Instant};

use tokio::time::timeout;

/// How fast a body has to arrive. Time the upstream needs to take it is not counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyPace {
    /// No single wait may be longer.
    pub(crate) idle: Duration,
    /// So long it may be behind …
    pub(crate) total: Duration,
    /// … this pace: who only drips holds nothing for long, however large a body the operation takes.
    pub(crate) bytes_per_s: u64,
}

/// What a caller has left of its time.
#[derive(Debug)]
pub(crate) struct Patience {
    pace: BodyPace,
    left: Duration,
}

impl Patience {
    pub(crate) fn new(pace: BodyPace) -> Self {
        Self { pace, left: pace.total }
    }

    /// Waits for what comes next; None when it does not come in time.
    pub(crate) async fn wait<T>(&mut self, next: impl Future<Output = T>) -> Option<T> {
        let since = Instant::now();
        let next = timeout(self.pace.idle.min(self.left), next).await.ok()?;
        self.left = self.left.saturating_sub(since.elapsed());
        Some(next)
    }

    /// So much has come.
    pub(crate) fn earn(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let earned = Duration::from_micros(bytes.saturating_mul(1_000_000) / self.pace.bytes_per_s.max(1));
        self.left = (self.left + earned).min(self.pace.total);
    }
}
