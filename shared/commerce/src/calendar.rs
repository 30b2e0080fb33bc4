//! Korean days. Instants are UTC everywhere inside; only here and at the border do they become Korean time.
//!
//! The calendar has the years 1 to 9999 as they read in Korea: beyond, a date is not written with four digits, or each
//! database makes something else of it. What is read from outside lies inside, and what is reckoned here stays inside.

use chrono::{DateTime, FixedOffset, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// Korean standard time. The country has known no other since 1988, so a fixed offset does.
pub const KST: FixedOffset = match FixedOffset::east_opt(9 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("nine hours is a valid offset"),
};

/// The first instant of year 1 in Korea.
pub const FIRST: DateTime<Utc> = instant(-62_135_629_200, 0);
/// The last microsecond of year 9999 in Korea, the finest that both databases keep.
pub const LAST: DateTime<Utc> = instant(253_402_268_399, 999_999_000);
/// The first instant after year 9999 in Korea: compare with `<`.
const END: DateTime<Utc> = instant(253_402_268_400, 0);

const fn instant(seconds: i64, nanoseconds: u32) -> DateTime<Utc> {
    match DateTime::from_timestamp(seconds, nanoseconds) {
        Some(at) => at,
        None => panic!("chrono knows a longer calendar"),
    }
}

/// Whether an instant reads in Korea as one of the years 1 to 9999.
pub fn is_in_calendar(at: DateTime<Utc>) -> bool {
    (FIRST..END).contains(&at)
}

/// The Korean calendar day an instant falls on.
pub fn kst_date_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&KST).date_naive()
}

/// The first instant of a Korean day, inside the calendar.
pub fn kst_day_start(day: NaiveDate) -> DateTime<Utc> {
    let start = KST.from_local_datetime(&day.and_time(NaiveTime::MIN)).single();
    start.map_or(FIRST, |start| start.with_timezone(&Utc)).clamp(FIRST, END)
}

/// The first instant that no longer belongs to a Korean day: compare with `<`.
pub fn kst_day_end(day: NaiveDate) -> DateTime<Utc> {
    day.succ_opt().map_or(END, kst_day_start)
}

/// So long after an instant, or the end of the calendar.
pub fn after(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    inside(at.checked_add_signed(by), LAST)
}

/// So long before an instant, or the beginning of the calendar.
pub fn before(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    inside(at.checked_sub_signed(by), FIRST)
}

/// So many Korean calendar years after an instant, or the end of the calendar.
pub fn years_after(at: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    let later = at.with_timezone(&KST).checked_add_months(months(years));
    inside(later.map(|later| later.with_timezone(&Utc)), LAST)
}

/// So many Korean calendar years before an instant, or the beginning of the calendar.
pub fn years_before(at: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    let earlier = at.with_timezone(&KST).checked_sub_months(months(years));
    inside(earlier.map(|earlier| earlier.with_timezone(&Utc)), FIRST)
}

fn months(years: u32) -> Months {
    Months::new(years.saturating_mul(12))
}

fn inside(at: Option<DateTime<Utc>>, beyond: DateTime<Utc>) -> DateTime<Utc> {
    at.unwrap_or(beyond).clamp(FIRST, LAST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_korean_day_begins_at_three_in_the_afternoon_of_the_day_before() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        assert_eq!(kst_day_start(day).to_rfc3339(), "2026-07-31T15:00:00+00:00");
        assert_eq!(kst_day_end(day).to_rfc3339(), "2026-08-01T15:00:00+00:00");
    }

    #[test]
    fn an_instant_belongs_to_the_day_whose_bounds_hold_it() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let just_before = kst_day_start(day) - chrono::Duration::nanoseconds(1);
        let last = kst_day_end(day) - chrono::Duration::nanoseconds(1);
        assert_eq!(kst_date_of(just_before), day.pred_opt().unwrap());
        assert_eq!(kst_date_of(kst_day_start(day)), day);
        assert_eq!(kst_date_of(last), day);
        assert_eq!(kst_date_of(kst_day_end(day)), day.succ_opt().unwrap());
    }

    #[test]
    fn the_calendar_has_the_years_1_to_9999_as_they_read_in_korea() {
        let written = |at: DateTime<Utc>| at.with_timezone(&KST).to_rfc3339();
        assert_eq!(written(FIRST), "0001-01-01T00:00:00+09:00");
        assert_eq!(written(LAST), "9999-12-31T23:59:59.999999+09:00");
        assert!(is_in_calendar(FIRST) && is_in_calendar(LAST));
        assert!(!is_in_calendar(FIRST - TimeDelta::nanoseconds(1)));
        assert!(is_in_calendar(LAST + TimeDelta::nanoseconds(999)));
        assert!(!is_in_calendar(LAST + TimeDelta::microseconds(1)));
    }

    #[test]
    fn days_beyond_the_calendar_are_its_ends() {
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        assert_eq!(kst_day_start(first), FIRST);
        assert_eq!(kst_day_end(last), LAST + TimeDelta::microseconds(1));
        for day in [NaiveDate::MIN, first.pred_opt().unwrap()] {
            assert_eq!((kst_day_start(day), kst_day_end(day)), (FIRST, FIRST), "{day}");
        }
        for day in [NaiveDate::MAX, last.succ_opt().unwrap()] {
            assert_eq!(
                (kst_day_start(day), kst_day_end(day)),
                (kst_day_end(last), kst_day_end(last)),
                "{day}"
            );
        }
    }

    #[test]
    fn years_are_those_of_the_korean_calendar() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        assert_eq!(years_after(at("2024-02-29T08:30:00+09:00"), 5), at("2029-02-28T08:30:00+09:00"));
        assert_eq!(years_before(at("2024-02-29T08:30:00+09:00"), 3), at("2021-02-28T08:30:00+09:00"));
        assert_eq!(years_after(LAST, 1), LAST);
        assert_eq!(years_before(FIRST, 1), FIRST);
    }

    proptest! {
        #[test]
        fn nothing_is_reckoned_out_of_the_calendar(
            seconds in -62_135_629_200_i64..253_402_268_400, years in any::<u32>(), by in any::<i64>(),
        ) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let by = TimeDelta::milliseconds(by.max(-i64::MAX));
            for at in [after(at, by), before(at, by), years_after(at, years), years_before(at, years)] {
                prop_assert!(is_in_calendar(at), "{at}");
            }
            let day = kst_date_of(at);
            prop_assert!((kst_day_start(day)..kst_day_end(day)).contains(&at));
        }
    }
}
