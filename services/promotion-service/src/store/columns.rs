//! Values as both databases keep them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// UTC, in the microseconds that both databases keep.
pub(super) fn time(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc().trunc_subsecs(6)
}

/// An expiry that never comes. A value instead of a null, so that lots sort alike on both databases.
pub(super) fn never() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(9999, 12, 31)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .unwrap_or(NaiveDateTime::MAX)
}

pub(super) fn expiry(at: Option<DateTime<Utc>>) -> NaiveDateTime {
    at.map_or_else(never, |at| time(at).min(never()))
}

pub(super) fn expiry_of(column: NaiveDateTime) -> Option<DateTime<Utc>> {
    (column < never()).then(|| column.and_utc())
}
