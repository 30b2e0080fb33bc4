//! What all requests of this process may hold of something together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::ResultCode;

use crate::error::Problem;
use crate::metrics;

/// When it may be worth asking again.
const RETRY_SECONDS: u32 = 2;

/// So much of something, and what is taken of it.
#[derive(Clone, Debug)]
pub struct Budget(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// As the metric has it.
    what: &'static str,
    limit: u64,
    taken: AtomicU64,
}

/// A part of a budget, given back with this value.
#[derive(Debug)]
pub struct Held {
    of: Budget,
    amount: u64,
}

impl Budget {
    pub fn new(what: &'static str, limit: u64) -> Self {
        Self(Arc::new(Inner { what, limit, taken: AtomicU64::new(0) }))
    }

    /// Takes so much, or refuses with 503: who waited would hold what it has all the while.
    pub fn take(&self, amount: u64) -> Result<Held, Problem> {
        let mut held = Held { of: self.clone(), amount: 0 };
        held.grow(amount)?;
        Ok(held)
    }

    /// Has every scrape show it, as long as somebody uses it.
    pub fn watch(&self) {
        let inner = Arc::downgrade(&self.0);
        metrics::get().before_each_scrape(move |metrics| {
            let Some(inner) = inner.upgrade() else { return false };
            metrics.held(inner.what, inner.taken.load(Ordering::Relaxed), inner.limit);
            true
        });
    }
}

impl Held {
    /// Takes so much more, or refuses and keeps what it has.
    pub fn grow(&mut self, amount: u64) -> Result<(), Problem> {
        let Inner { what, limit, taken } = self.of.0.as_ref();
        let with = |taken: u64| taken.checked_add(amount).filter(|sum| sum <= limit);
        if taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, with).is_err() {
            let problem = Problem::new(ResultCode::ServiceUnavailable).retry_after(RETRY_SECONDS);
            return Err(problem.caused_by(format!("no room for more {what}")));
        }
        self.amount += amount;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.of.0.taken.fetch_sub(self.amount, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_given_back_and_no_more_is_taken_than_there_is() {
        let budget = Budget::new("uploads", 10);
        let mut first = budget.take(4).expect("there is room");
        let second = budget.take(5).expect("there is room");
        let refused = budget.take(2).expect_err("there is no room");
        assert_eq!((refused.code, refused.retry_after_seconds), (ResultCode::ServiceUnavailable, Some(2)));
        first.grow(1).expect("there is room for one");
        first.grow(u64::MAX).expect_err("no sum runs over");
        drop(second);
        first.grow(5).expect("what another gave back can be taken");
        drop(first);
        budget.take(10).expect("all is given back");
    }
}
