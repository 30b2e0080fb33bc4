//! 처리현황: what of the claims under way an operator sees without asking.

mod under_way;

use std::collections::HashMap;
use std::time::Duration;

use commerce::SagaStep;
use commerce::calendar::kst_date_of;
use db::outbox::{self, Waiting};
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use platform::clock::Clock;
use platform::metrics;
use tokio_util::sync::CancellationToken;

use crate::usecase::claim::tell::{count_untold, count_untold_standings};
use crate::usecase::messages::{Asked, TOPICS};
use crate::worker::counted_claims;

const EVERY: Duration = Duration::from_secs(15);
/// More than this many messages of a topic at once are not told apart; the outbox says how many there are.
const COUNTED: i64 = 10_000;
/// Nor this many claims that member-service has not heard of.
const UNTOLD_COUNTED: usize = 10_000;
const WAITING: &str = "waiting";
/// Asked for, and nobody knows what became of it.
const UNKNOWN: &str = "unknown";
const NEEDS_ATTENTION: &str = "needs_attention";

/// Counts what is still to come of the claims, now and then. A database that can't be read leaves the last figures.
pub async fn count_claims(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        let today = kst_date_of(clock.now());
        let counted = db.read(move |conn| {
            let untold = count_untold(conn, UNTOLD_COUNTED)?
                .saturating_add(count_untold_standings(conn, UNTOLD_COUNTED)?);
            Ok::<_, DbError>((count_waiting(conn)?, under_way::count(conn, today)?, untold))
        });
        match counted.await {
            Ok((waiting, under_way, untold)) => {
                show(&waiting);
                under_way::show(&under_way);
                metrics::get().saga_steps(counted_claims::STEP, WAITING, untold);
            }
            Err(error) => tracing::debug!(%error, "the claims can't be counted now"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

type Counts = HashMap<(Asked, &'static str), u64>;

fn count_waiting(conn: &mut DbConnection) -> QueryResult<Counts> {
    let mut counts = Counts::new();
    for topic in TOPICS {
        count(topic, &outbox::list_waiting(conn, topic, COUNTED)?, &mut counts);
    }
    Ok(counts)
}

fn count(topic: &str, waiting: &[Waiting], counts: &mut Counts) {
    for one in waiting {
        if let Some(asked) = Asked::of(topic, &one.key) {
            let count = counts.entry((asked, state_of(one))).or_default();
            *count = count.saturating_add(1);
        }
    }
}

/// What is not there any more is shown as 0.
fn show(counts: &Counts) {
    for state in [WAITING, UNKNOWN, NEEDS_ATTENTION] {
        let count = |asked| counts.get(&(asked, state)).copied().unwrap_or(0);
        for asked in Asked::all() {
            metrics::get().saga_steps(asked.code(), state, count(asked));
        }
        metrics::get().refunds(state, count(Asked::Step(SagaStep::Refund)));
    }
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
    use crate::usecase::messages::{EFFECT_TOPIC, OPTION_TOPIC};

    fn waiting(key: &str, has_failed: bool, needs_attention: bool) -> Waiting {
        Waiting { key: key.to_owned(), has_failed, needs_attention }
    }

    #[test]
    fn what_waits_is_counted_by_what_it_asks_for_and_its_state() {
        let of_cancels = [
            waiting("20260801C000001:ORDER", false, false),
            waiting("20260801C000002:REFUND:PAY1", true, false),
            waiting("20260801C000002:REFUND:PAY2", true, true),
            waiting("20260801C000003:REFUND:/additional", true, false),
            waiting("no key of ours", true, true),
        ];
        let of_changes = [waiting("20260801C000004:OPTION", true, false)];
        let mut counts = Counts::new();
        count(EFFECT_TOPIC, &of_cancels, &mut counts);
        count(OPTION_TOPIC, &of_changes, &mut counts);
        count("somebody's else", &of_changes, &mut counts);
        let expected = [
            ((Asked::Step(SagaStep::Order), WAITING), 1),
            ((Asked::Step(SagaStep::Refund), UNKNOWN), 2),
            ((Asked::Step(SagaStep::Refund), NEEDS_ATTENTION), 1),
            ((Asked::OptionChange, UNKNOWN), 1),
        ];
        assert_eq!(counts, HashMap::from(expected));
    }

    #[test]
    fn everything_a_claim_asks_for_has_a_name_of_its_own() {
        let codes: Vec<&str> = Asked::all().map(Asked::code).collect();
        let expected = [
            "ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "MILEAGE", "NOTI", "OPTION", "IMPORT", "REJECTED",
            "ADDPAY", "RTNCPN", "NOTICE",
        ];
        assert_eq!(codes, expected);
    }
}
