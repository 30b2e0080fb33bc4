//! 본문 메모리: how many bytes of bodies a process holds at the same time, whoever sent them.
//!
//! Every operation bounds its own body; this bounds all of them together, so that many callers, each within its limit, can't take
//! the memory of the process. The beginning of each body counts in a share of its own: while a few large ones have taken the rest,
//! those that fit into it are served as ever.

use actix_web::{HttpMessage as _, HttpRequest, web};

use crate::budget::{Budget, Held};
use crate::error::Problem;

/// Bytes at the beginning of a body that count in the share of beginnings.
const BEGINNING: usize = 16 * 1024;

/// What a process may hold of bodies.
#[derive(Clone, Debug)]
pub struct BodyBudget {
    beginnings: Budget,
    rest: Budget,
}

impl BodyBudget {
    /// `bytes` for what is longer than a beginning, a quarter as much again for beginnings.
    pub fn new(bytes: usize) -> Self {
        let bytes = wide(bytes);
        Self { beginnings: Budget::new("body_beginnings", bytes / 4), rest: Budget::new("bodies", bytes) }
    }

    /// Has every scrape show it.
    pub fn watch(&self) {
        self.beginnings.watch();
        self.rest.watch();
    }

    fn hold_nothing(&self) -> Result<HeldBody, Problem> {
        Ok(HeldBody { shares: Some((self.beginnings.take(0)?, self.rest.take(0)?)), bytes: 0 })
    }
}

/// The bytes that one body holds of the budget; given back when it goes.
#[derive(Debug)]
pub struct HeldBody {
    /// Of its beginning and of the rest. None where no budget was set, as in a test of a single extractor.
    shares: Option<(Held, Held)>,
    bytes: usize,
}

impl HeldBody {
    /// What this request holds already, or nothing yet. A body that was read for its digest is read again by the handler and
    /// counts once.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        if let Some(held) = request.extensions_mut().remove::<Self>() {
            return Ok(held);
        }
        match request.app_data::<web::Data<BodyBudget>>() {
            Some(budget) => budget.hold_nothing(),
            None => Ok(Self { shares: None, bytes: 0 }),
        }
    }

    /// Holds so many bytes in all.
    ///
    /// # Errors
    /// `SERVICE_UNAVAILABLE` when the process holds all it may.
    pub fn grow_to(&mut self, bytes: usize) -> Result<(), Problem> {
        if bytes <= self.bytes {
            return Ok(());
        }
        if let Some((beginning, rest)) = &mut self.shares {
            let more_of_beginning = bytes.min(BEGINNING).saturating_sub(self.bytes);
            beginning.grow(wide(more_of_beginning))?;
            rest.grow(wide(bytes - self.bytes - more_of_beginning))?;
        }
        self.bytes = bytes;
        Ok(())
    }

    /// Holds them until the request is done: what was read of a body is there as long as the handler works with it.
    pub fn keep(self, request: &HttpRequest) {
        request.extensions_mut().insert(self);
    }
}

fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use contract::ResultCode;

    use super::*;

    fn body_of(budget: &BodyBudget) -> HeldBody {
        budget.hold_nothing().expect("nothing always fits")
    }

    #[test]
    fn bodies_of_all_callers_share_one_budget_and_give_it_back() {
        let budget = BodyBudget::new(4 * BEGINNING);
        let (mut first, mut second) = (body_of(&budget), body_of(&budget));
        assert!(first.grow_to(BEGINNING / 2).is_ok() && first.grow_to(3 * BEGINNING).is_ok());
        let refused = second.grow_to(3 * BEGINNING + 1).expect_err("the rest is taken");
        assert_eq!(refused.code, ResultCode::ServiceUnavailable);
        assert!(refused.retry_after_seconds.is_some());
        drop((first, second));
        assert!(body_of(&budget).grow_to(5 * BEGINNING).is_ok(), "all is given back");
    }

    #[test]
    fn a_small_body_is_served_while_large_ones_hold_the_rest() {
        let budget = BodyBudget::new(16 * BEGINNING);
        let mut large = body_of(&budget);
        assert!(large.grow_to(17 * BEGINNING).is_ok());
        let mut small: Vec<HeldBody> = (0..3).map(|_| body_of(&budget)).collect();
        assert!(small.iter_mut().all(|body| body.grow_to(BEGINNING).is_ok()));
        assert!(body_of(&budget).grow_to(1).is_err(), "small ones have a bound too");
    }
}
