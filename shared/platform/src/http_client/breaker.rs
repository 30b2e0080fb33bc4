//! A circuit breaker: leaves a failing service alone for a while instead of making everyone wait for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(super) struct Breaker {
    failures_to_open: u32,
    open_for: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// Calls go through; so many failed in a row.
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
    },
    /// One call is out to see whether the service is back; it is given up on after `until`.
    Probing {
        until: Instant,
    },
}

/// What a circuit can be, as an operator reads it.
pub(super) const STATES: [&str; 3] = ["closed", "probing", "open"];

/// Leave to call; says afterwards how it went.
#[derive(Debug)]
pub(super) struct Permit<'a>(&'a Breaker);

impl Breaker {
    pub(super) fn new(failures_to_open: u32, open_for: Duration) -> Self {
        Self { failures_to_open, open_for, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Leave to call now, or `None` while the circuit is open.
    pub(super) fn admit(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match *state {
            State::Closed { .. } => Some(Permit(self)),
            State::Open { until } | State::Probing { until } if now < until => None,
            State::Open { .. } | State::Probing { .. } => {
                *state = State::Probing { until: now + self.open_for };
                Some(Permit(self))
            }
        }
    }
}

impl Breaker {
    /// One of [`STATES`]. A circuit whose time is over is open until somebody tries.
    pub(super) fn state(&self) -> &'static str {
        match *self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Closed { .. } => "closed",
            State::Probing { .. } => "probing",
            State::Open { .. } => "open",
        }
    }
}

impl Permit<'_> {
    pub(super) fn succeeded(self) {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner) = State::Closed { failures: 0 };
    }

    pub(super) fn failed(self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let open = State::Open { until: Instant::now() + self.0.open_for };
        *state = match *state {
            State::Closed { failures } if failures + 1 < self.0.failures_to_open => {
                State::Closed { failures: failures + 1 }
            }
            State::Closed { .. } | State::Probing { .. } | State::Open { .. } => open,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circuit_opens_after_failures_in_a_row_and_closes_after_a_good_probe() {
        let breaker = Breaker::new(2, Duration::ZERO);
        breaker.admit().expect("closed").failed();
        breaker.admit().expect("closed").succeeded();
        breaker.admit().expect("closed").failed();
        breaker.admit().expect("still closed").failed();
        assert!(matches!(*breaker.state.lock().expect("no panic"), State::Open { .. }));
        assert_eq!(breaker.state(), "open");
        let probe = breaker.admit().expect("open for no time at all");
        assert_eq!(breaker.state(), "probing");
        probe.succeeded();
        assert_eq!(breaker.state(), "closed");
        assert!(matches!(*breaker.state.lock().expect("no panic"), State::Closed { failures: 0 }));
    }

    #[test]
    fn an_open_circuit_refuses() {
        let breaker = Breaker::new(1, Duration::from_secs(3600));
        breaker.admit().expect("closed").failed();
        assert!(breaker.admit().is_none());
    }
}
