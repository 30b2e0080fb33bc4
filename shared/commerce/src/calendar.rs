//! Korean days. Instants are UTC everywhere inside; only here and at the border do they become Korean time.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

/// Korean standard time. The country has known no other since 1988, so a fixed offset does.
pub const KST: FixedOffset = match FixedOffset::east_opt(9 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("nine hours is a valid offset"),
};

/// The Korean calendar day an instant falls on.
pub fn kst_date_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&KST).date_naive()
}

/// The first instant of a Korean day.
pub fn kst_day_start(day: NaiveDate) -> DateTime<Utc> {
    KST.from_local_datetime(&day.and_time(NaiveTime::MIN))
        .single()
        .map_or(DateTime::<Utc>::MIN_UTC, |start| start.with_timezone(&Utc))
}

/// The first instant that no longer belongs to a Korean day: compare with `<`.
pub fn kst_day_end(day: NaiveDate) -> DateTime<Utc> {
    day.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, kst_day_start)
}

#[cfg(test)]
mod tests {
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
    fn the_ends_of_the_calendar_do_not_panic() {
        kst_day_start(NaiveDate::MIN);
        kst_day_end(NaiveDate::MAX);
    }
}
