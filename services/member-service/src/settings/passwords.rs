//! How guests' passwords are hashed at the same time, and who waits for it.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;

use serde::Deserialize;

/// More cores than this are left to the rest of the process, and their memory to the rest of the machine.
const MOST_THREADS: usize = 4;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordSettings {
    /// Threads that hash, each in 19 MiB of its own; 0 = one per core, and four at most.
    pub threads: usize,
    /// Guests who may wait for a thread.
    pub guests_waiting: NonZeroUsize,
    pub guest_patience_ms: u64,
    /// Order intakes that may have passwords hashed at once.
    pub intakes: NonZeroUsize,
    /// How long all the passwords of an intake may take.
    pub intake_patience_ms: u64,
}

impl Default for PasswordSettings {
    fn default() -> Self {
        let number = |number| NonZeroUsize::new(number).unwrap_or(NonZeroUsize::MIN);
        Self {
            threads: 0,
            guests_waiting: number(256),
            guest_patience_ms: 10_000,
            intakes: number(8),
            intake_patience_ms: 50_000,
        }
    }
}

impl PasswordSettings {
    pub fn thread_count(&self) -> usize {
        if self.threads > 0 {
            self.threads
        } else {
            available_parallelism().map_or(2, usize::from).min(MOST_THREADS)
        }
    }

    pub fn guest_patience(&self) -> Duration {
        Duration::from_millis(self.guest_patience_ms)
    }

    pub fn intake_patience(&self) -> Duration {
        Duration::from_millis(self.intake_patience_ms)
    }
}
