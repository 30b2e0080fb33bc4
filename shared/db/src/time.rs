//! Times as both databases keep them: UTC, without an offset, in whole microseconds.

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use std::time::Duration;

/// PostgreSQL has no finer unit, and both databases must compare alike.
pub(crate) fn column(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc().trunc_subsecs(6)
}

/// A time so far ahead that it cannot be written is the end of time.
pub(crate) fn after(at: DateTime<Utc>, duration: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(duration)
        .ok()
        .and_then(|delta| at.checked_add_signed(delta))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}
