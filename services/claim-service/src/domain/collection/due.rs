//! 환불기한: within three business days of getting the goods back (전자상거래법 제18조).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc, Weekday};
use commerce::calendar::kst_date_of;

/// So many business days after the day the goods came back.
const BUSINESS_DAYS: u32 = 3;

/// 공휴일, as the operator names them; Saturdays and Sundays are none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays(pub BTreeSet<NaiveDate>);

impl Holidays {
    fn is_business_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.0.contains(&day)
    }

    /// The third business day after the Korean day of this instant; the calendar's last day where it has no such day.
    pub fn refund_due(&self, collected_at: DateTime<Utc>) -> NaiveDate {
        let mut day = kst_date_of(collected_at);
        let mut left = BUSINESS_DAYS;
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
            day = next;
            if self.is_business_day(day) {
                left -= 1;
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(collected_at: &str, holidays: &[&str], due: &str) {
        let holidays = Holidays(holidays.iter().map(|day| day.parse().unwrap()).collect());
        assert_eq!(
            holidays.refund_due(collected_at.parse().unwrap()),
            due.parse().unwrap(),
            "{collected_at}"
        );
    }

    #[test]
    fn three_business_days_follow_the_korean_day() {
        // Monday the 3rd of August 2026.
        check("2026-08-03T00:00:00Z", &[], "2026-08-06");
        // Already Tuesday in Korea.
        check("2026-08-03T15:00:00Z", &[], "2026-08-07");
        check("2026-08-05T00:00:00Z", &[], "2026-08-10");
        // A Saturday is as good as the Friday before.
        check("2026-08-08T00:00:00Z", &[], "2026-08-12");
        check("2026-08-07T00:00:00Z", &[], "2026-08-12");
    }

    #[test]
    fn holidays_are_no_business_days_and_a_holiday_at_the_weekend_takes_none_away() {
        check("2026-08-13T00:00:00Z", &["2026-08-17"], "2026-08-19");
        check("2026-08-13T00:00:00Z", &["2026-08-15"], "2026-08-18");
    }
}
