//! 처리현황: what of the claims under way an operator sees without asking.

use std::time::Duration;

use commerce::SagaStep;
use db::outbox::{self, Waiting};
use db::{Db, DbError};
use platform::metrics;
use tokio_util::sync::CancellationToken;

use crate::domain::cancel_saga::EffectKey;
use crate::usecase::EFFECT_TOPIC;

const EVERY: Duration = Duration::from_secs(15);
/// More than this many effects at once are not told apart; the outbox says how many there are.
const COUNTED: i64 = 10_000;
const WAITING: &str = "waiting";
/// Asked for, and nobody knows what became of it.
const UNKNOWN: &str = "unknown";
const NEEDS_ATTENTION: &str = "needs_attention";

/// Counts the effects that are still to come, now and then. A database that can't be read leaves the last figures.
pub async fn count_claims(db: Db, stop: CancellationToken) {
    loop {
        match db.read(|conn| outbox::list_waiting(conn, EFFECT_TOPIC, COUNTED).map_err(DbError::from)).await {
            Ok(waiting) => show(&waiting),
            Err(error) => tracing::debug!(%error, "the claims can't be counted now"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

fn show(waiting: &[Waiting]) {
    for state in [WAITING, UNKNOWN, NEEDS_ATTENTION] {
        for &step in SagaStep::ALL {
            metrics::get().saga_steps(step.code(), state, count(waiting, step, state));
        }
        metrics::get().refunds(state, count(waiting, SagaStep::Refund, state));
    }
}

fn count(waiting: &[Waiting], step: SagaStep, state: &str) -> u64 {
    let is_counted =
        |one: &&Waiting| EffectKey::kept(one.key.as_str()).step() == Some(step) && state_of(one) == state;
    u64::try_from(waiting.iter().filter(is_counted).count()).unwrap_or(u64::MAX)
}

const fn state_of(one: &Waiting) -> &'static str {
    if one.needs_attention {
        NEEDS_ATTENTION
    } else if one.has_failed {
        UNKNOWN
    } else {
        WAITING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(key: &str, has_failed: bool, needs_attention: bool) -> Waiting {
        Waiting { key: key.to_owned(), has_failed, needs_attention }
    }

    #[test]
    fn effects_are_counted_by_step_and_state() {
        let all = [
            waiting("20260801C000001:ORDER", false, false),
            waiting("20260801C000002:REFUND:PAY1", true, false),
            waiting("20260801C000002:REFUND:PAY2", true, true),
            waiting("20260801C000003:REFUND:/additional", true, false),
            waiting("no key of ours", true, true),
        ];
        let counted = |step, state| count(&all, step, state);
        assert_eq!((counted(SagaStep::Order, WAITING), counted(SagaStep::Order, UNKNOWN)), (1, 0));
        assert_eq!((counted(SagaStep::Refund, WAITING), counted(SagaStep::Refund, UNKNOWN)), (0, 2));
        assert_eq!(counted(SagaStep::Refund, NEEDS_ATTENTION), 1);
    }
}
