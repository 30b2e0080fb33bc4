//! What became of the requests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use local_stack::failure::Failure;

/// So many failures are told word for word.
const TOLD: usize = 20;
/// The callers must have kept up with this part of the rate, or nothing was shown.
const ENOUGH_OF_A_HUNDRED: u128 = 90;

#[derive(Debug)]
pub(crate) struct Tally {
    counts: Mutex<Counts>,
    since: Instant,
}

#[derive(Debug, Default)]
struct Counts {
    answered: BTreeMap<&'static str, u64>,
    failed: u64,
    told: Vec<String>,
    first: Option<Instant>,
    last: Option<Instant>,
    slowest: Duration,
}

impl Tally {
    /// Times are told as they pass since `since`, in the rollouts as here.
    pub(crate) fn new(since: Instant) -> Self {
        Self { counts: Mutex::default(), since }
    }

    pub(crate) fn answered(&self, what: &'static str, took: Duration) {
        let mut counts = self.counts();
        let now = Instant::now();
        counts.first.get_or_insert(now);
        counts.last = Some(now);
        counts.slowest = counts.slowest.max(took);
        *counts.answered.entry(what).or_default() += 1;
    }

    pub(crate) fn failed(&self, what: &str, how: &str) {
        let mut counts = self.counts();
        counts.failed += 1;
        if counts.told.len() < TOLD {
            counts.told.push(format!("at {} ms, {what}: {how}", self.since.elapsed().as_millis()));
        }
    }

    pub(crate) fn summary(&self) -> String {
        let counts = self.counts();
        let each: Vec<String> =
            counts.answered.iter().map(|(what, count)| format!("{what} {count}")).collect();
        format!(
            "{} requests answered in {} s ({}), {} lost, the slowest took {} ms",
            counts.all(),
            counts.took().as_secs(),
            each.join(", "),
            counts.failed,
            counts.slowest.as_millis()
        )
    }

    /// Nothing may be lost, and as many must have been asked as were meant to.
    pub(crate) fn verdict(&self, rate: u32, must_keep_up: bool) -> Result<(), Failure> {
        let counts = self.counts();
        if counts.failed > 0 {
            return Err(Failure::new(format!(
                "{} requests were lost:\n{}",
                counts.failed,
                counts.told.join("\n")
            )));
        }
        let meant = counts.took().as_millis().saturating_mul(rate.into()) / 1_000;
        if u128::from(counts.all()) * 100 >= meant * ENOUGH_OF_A_HUNDRED {
            return Ok(());
        }
        let slow = format!(
            "only {} of {meant} requests were sent: the machine is too slow for {rate} a second",
            counts.all()
        );
        if must_keep_up {
            return Err(Failure::new(slow));
        }
        eprintln!("rolling: {slow}");
        Ok(())
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn all(&self) -> u64 {
        self.answered.values().sum()
    }

    fn took(&self) -> Duration {
        match (self.first, self.last) {
            (Some(first), Some(last)) => last.duration_since(first),
            _ => Duration::ZERO,
        }
    }
}
