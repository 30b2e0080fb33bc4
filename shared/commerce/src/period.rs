//! 조회기간: whole Korean days, both ends included.

use crate::calendar::{kst_day_end, kst_day_start};
use chrono::{DateTime, Months, NaiveDate, Utc};

/// How far back a member's lists reach when it does not say.
const DEFAULT_MONTHS: Months = Months::new(3);

/// A period that may be open at either end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the period ends before it begins")]
pub struct EndsBeforeStart;

impl Period {
    pub fn new(first_day: Option<NaiveDate>, last_day: Option<NaiveDate>) -> Result<Self, EndsBeforeStart> {
        match (first_day, last_day) {
            (Some(first), Some(last)) if last < first => Err(EndsBeforeStart),
            _ => Ok(Self { first_day, last_day }),
        }
    }

    /// The last three months, as far as the ends are not given.
    pub fn or_last_months(
        first_day: Option<NaiveDate>,
        last_day: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, EndsBeforeStart> {
        let last = last_day.unwrap_or_else(|| today.max(first_day.unwrap_or(today)));
        let first = first_day.or_else(|| last.checked_sub_months(DEFAULT_MONTHS)).unwrap_or(NaiveDate::MIN);
        Self::new(Some(first), Some(last))
    }

    /// The first instant inside, if there is one.
    pub fn begin(self) -> Option<DateTime<Utc>> {
        self.first_day.map(kst_day_start)
    }

    /// The first instant after it, if there is one.
    pub fn end(self) -> Option<DateTime<Utc>> {
        self.last_day.map(kst_day_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_is_whole() {
        let period = Period::new(Some(day("2026-08-01")), Some(day("2026-08-01"))).unwrap();
        assert_eq!(period.begin().unwrap().to_rfc3339(), "2026-07-31T15:00:00+00:00");
        assert_eq!(period.end().unwrap().to_rfc3339(), "2026-08-01T15:00:00+00:00");
        assert_eq!(Period::default().begin(), None);
        assert_eq!(Period::new(Some(day("2026-08-02")), Some(day("2026-08-01"))), Err(EndsBeforeStart));
    }

    #[test]
    fn a_member_sees_three_months_unless_it_says_otherwise() {
        let today = day("2026-11-22");
        let of = |first: Option<&str>, last: Option<&str>| {
            Period::or_last_months(first.map(day), last.map(day), today)
                .map(|period| (period.first_day.unwrap(), period.last_day.unwrap()))
        };
        assert_eq!(of(None, None), Ok((day("2026-08-22"), today)));
        assert_eq!(of(None, Some("2026-05-31")), Ok((day("2026-02-28"), day("2026-05-31"))));
        assert_eq!(of(Some("2020-01-01"), None), Ok((day("2020-01-01"), today)));
        assert_eq!(of(Some("2027-01-01"), None), Ok((day("2027-01-01"), day("2027-01-01"))));
        assert_eq!(of(Some("2026-01-02"), Some("2026-01-01")), Err(EndsBeforeStart));
    }
}
