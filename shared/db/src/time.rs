//! Times as both databases keep them: UTC, without an offset, in whole microseconds.

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use std::time::Duration;

/// PostgreSQL has no finer unit, and both databases must compare alike.
pub(crate) fn column(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc().trunc_subsecs(6)
}

/// The last microsecond that reads as a year of four digits in Korea: later texts no longer sort on SQLite.
const LAST: DateTime<Utc> = match DateTime::from_timestamp(253_402_268_399, 999_999_000) {
    Some(at) => at,
    None => panic!("chrono knows a longer calendar"),
};

/// A time so far ahead that it cannot be written is the end of time.
pub(crate) fn after(at: DateTime<Utc>, duration: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(duration)
        .ok()
        .and_then(|delta| at.checked_add_signed(delta))
        .map_or(LAST, |at| at.min(LAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_cannot_be_written_is_the_end_of_time() {
        let day = |days: u64| Duration::from_secs(days * 86_400);
        let at: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        assert_eq!(after(at, day(1)), at + TimeDelta::days(1));
        // Beyond year 9999, beyond what chrono knows, and beyond what it counts.
        for days in [3_000_000, 200_000_000, u64::MAX / 86_400] {
            assert_eq!(after(at, day(days)), LAST, "{days}");
        }
    }
}
