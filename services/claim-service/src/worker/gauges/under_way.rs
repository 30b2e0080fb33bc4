//! 반품·교환 현황: how many stand where, and how many returns are to be settled by today.

use chrono::NaiveDate;
use commerce::ReturnProgress;
use db::DbConnection;
use diesel::QueryResult;
use platform::metrics;

use crate::domain::collection::CollectionKind;
use crate::usecase::collection::under_way::{self, UnderWay};

/// Where one stands that is under way, as the metrics name it.
const STATES: [(ReturnProgress, &str); 7] = [
    (ReturnProgress::Requested, "requested"),
    (ReturnProgress::CollectionInstructed, "instructed"),
    (ReturnProgress::Collecting, "collecting"),
    (ReturnProgress::Collected, "collected"),
    (ReturnProgress::OnHold, "on_hold"),
    (ReturnProgress::ShippingInstructed, "shipping_instructed"),
    (ReturnProgress::Shipped, "shipped"),
];
const KINDS: [(CollectionKind, &str); 2] =
    [(CollectionKind::Return, "return"), (CollectionKind::Exchange, "exchange")];

pub(super) fn count(conn: &mut DbConnection, today: NaiveDate) -> QueryResult<UnderWay> {
    under_way::count(conn, &STATES.map(|(state, _)| state), today)
}

/// What is not there any more is shown as 0.
pub(super) fn show(counts: &UnderWay) {
    for (kind, kind_name) in KINDS {
        for (state, state_name) in STATES {
            let count = counts.standing.iter().find(|(of, at, _)| (*of, *at) == (kind, state));
            metrics::get().claims(kind_name, state_name, count.map_or(0, |(.., count)| *count));
        }
    }
    metrics::get().returns_due("today", counts.due_today);
    metrics::get().returns_due("overdue", counts.overdue);
}
