//! 조회기간 of a vendor's inquiry.

use chrono::{DateTime, Days, NaiveDate, Utc};
use commerce::calendar::{kst_day_end, kst_day_start};

/// Days of a period, both ends included.
const MOST_DAYS: u64 = 7;

/// 조회기간: whole Korean days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: DateTime<Utc>,
    /// The first instant that no longer belongs to it.
    pub until: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodFault {
    #[error("the period ends before it begins")]
    Reversed,
    #[error("the period is longer than {MOST_DAYS} days")]
    TooLong,
}

impl Period {
    pub fn of_days(first: NaiveDate, last: NaiveDate) -> Result<Self, PeriodFault> {
        if last < first {
            return Err(PeriodFault::Reversed);
        }
        if first.checked_add_days(Days::new(MOST_DAYS)).is_some_and(|too_late| last >= too_late) {
            return Err(PeriodFault::TooLong);
        }
        Ok(Self { from: kst_day_start(first), until: kst_day_end(last) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y%m%d").unwrap()
    }

    #[track_caller]
    fn check(first: &str, last: &str, expected: Result<(&str, &str), PeriodFault>) {
        let period = Period::of_days(day(first), day(last)).map(|one| (one.from, one.until));
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc);
        assert_eq!(period, expected.map(|(from, until)| (at(from), at(until))));
    }

    #[test]
    fn a_period_is_up_to_seven_whole_korean_days() {
        check("20260801", "20260801", Ok(("2026-08-01T00:00:00+09:00", "2026-08-02T00:00:00+09:00")));
        check("20260801", "20260807", Ok(("2026-08-01T00:00:00+09:00", "2026-08-08T00:00:00+09:00")));
        check("20240226", "20240303", Ok(("2024-02-26T00:00:00+09:00", "2024-03-04T00:00:00+09:00")));
        check("20260801", "20260808", Err(PeriodFault::TooLong));
        check("20260802", "20260801", Err(PeriodFault::Reversed));
        check("99991231", "99991231", Ok(("9999-12-30T15:00:00Z", "9999-12-31T15:00:00Z")));
    }
}
