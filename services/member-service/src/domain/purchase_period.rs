//! 구매기간: the period of a period sum (contract, section 2, getOrdTotAmt).

use chrono::{DateTime, Months, SubsecRound as _, TimeDelta, Utc};
use commerce::calendar::KST;

/// Ten calendar years.
const LONGEST: Months = Months::new(120);

/// From one instant to another, both included, in the microseconds that orders are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchasePeriod {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodRefusal {
    #[error("the period ends before it starts")]
    EndBeforeStart,
    #[error("the period is longer than ten years")]
    TooLong,
}

impl PurchasePeriod {
    /// Bounds finer than a microsecond move inward to the next one that lies inside.
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Result<Self, PeriodRefusal> {
        if end < start {
            return Err(PeriodRefusal::EndBeforeStart);
        }
        // Years are those of the Korean calendar; the end of the calendar bounds nothing.
        let latest = start.with_timezone(&KST).checked_add_months(LONGEST);
        if latest.is_some_and(|latest| end > latest) {
            return Err(PeriodRefusal::TooLong);
        }
        let floor = start.trunc_subsecs(6);
        let from = if floor < start { floor + TimeDelta::microseconds(1) } else { floor };
        Ok(Self { from, to: end.trunc_subsecs(6) })
    }

    pub fn from(&self) -> DateTime<Utc> {
        self.from
    }

    pub fn to(&self) -> DateTime<Utc> {
        self.to
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use proptest::prelude::*;

    use super::*;

    fn kst(text: &str) -> DateTime<Utc> {
        DateTime::<FixedOffset>::parse_from_rfc3339(text).expect("a date-time").to_utc()
    }

    #[track_caller]
    fn check(start: &str, end: &str, refusal: Option<PeriodRefusal>) {
        assert_eq!(PurchasePeriod::new(kst(start), kst(end)).err(), refusal);
    }

    #[test]
    fn a_period_lasts_ten_years_at_most_and_does_not_end_before_it_starts() {
        use PeriodRefusal::{EndBeforeStart, TooLong};
        check("2026-08-01T00:00:00+09:00", "2026-08-01T00:00:00+09:00", None);
        check("2026-08-01T00:00:00+09:00", "2026-07-31T23:59:59.999999999+09:00", Some(EndBeforeStart));
        check("2026-08-01T00:00:00+09:00", "2036-08-01T00:00:00+09:00", None);
        check("2026-08-01T00:00:00+09:00", "2036-08-01T00:00:00.000000001+09:00", Some(TooLong));
        // The 29th of February at nine in the morning of the 28th, UTC, is the 29th in Korea.
        check("2016-02-28T20:00:00+00:00", "2026-02-28T05:00:00+09:00", None);
        check("2016-02-28T20:00:00+00:00", "2026-02-28T05:00:00.000001+09:00", Some(TooLong));
        check("9999-01-01T00:00:00+09:00", "9999-12-31T00:00:00+09:00", None);
    }

    #[test]
    fn bounds_between_two_microseconds_move_inward() {
        let period = PurchasePeriod::new(
            kst("2026-08-01T00:00:00.000000001+09:00"),
            kst("2026-08-01T00:00:00.000001999+09:00"),
        )
        .expect("a period");
        assert_eq!(period.from(), kst("2026-08-01T00:00:00.000001+09:00"));
        assert_eq!(period.to(), kst("2026-08-01T00:00:00.000001+09:00"));
        let empty = PurchasePeriod::new(
            kst("2026-08-01T00:00:00.000000001+09:00"),
            kst("2026-08-01T00:00:00.000000999+09:00"),
        )
        .expect("a period that holds no whole microsecond");
        assert!(empty.from() > empty.to());
    }

    proptest! {
        #[test]
        fn rounding_never_lets_an_instant_in_or_out(
            start in 0_i64..4_000, length in 0_i64..4_000, microsecond in 0_i64..8,
        ) {
            let base = kst("2026-08-01T00:00:00+09:00");
            let (start, end) =
                (base + TimeDelta::nanoseconds(start), base + TimeDelta::nanoseconds(start + length));
            let period = PurchasePeriod::new(start, end).expect("short");
            let at = base + TimeDelta::microseconds(microsecond);
            prop_assert_eq!((start..=end).contains(&at), (period.from()..=period.to()).contains(&at));
        }
    }
}
