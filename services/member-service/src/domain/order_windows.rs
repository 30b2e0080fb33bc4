//! 조회기간: from when on something delivered or completed still counts (contract, section 2, getOrdClaimCnt).
//!
//! Windows are whole Korean calendar days: what happened on day D counts up to and including day D + n.

use chrono::{DateTime, Days, Utc};
use commerce::calendar::{FIRST, kst_date_of, kst_day_start};

/// Days after delivery when the code table has no row (ST006).
pub const DEFAULT_CLAIM_DAYS: u32 = 14;

/// 요청구분: what the counts are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// 마이페이지
    MyPage,
    /// 탈퇴 가능여부 확인
    Quit,
}

/// Lengths of the windows of the member's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageWindows {
    /// How long a delivered order is shown.
    pub order_days: u32,
    /// How long a completed claim is shown.
    pub claim_days: u32,
}

/// The first instant that still counts today, for a window of so many days.
pub fn counts_from(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    // A window that reaches behind the calendar holds everything.
    kst_date_of(now).checked_sub_days(Days::new(u64::from(days))).map_or(FIRST, kst_day_start)
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, TimeDelta, TimeZone as _};
    use commerce::calendar::kst_day_end;
    use proptest::prelude::*;

    use super::*;

    fn kst(text: &str) -> DateTime<Utc> {
        DateTime::<FixedOffset>::parse_from_rfc3339(text).expect("a date-time").to_utc()
    }

    #[test]
    fn a_window_begins_with_a_korean_day() {
        let from = counts_from(kst("2026-08-11T23:59:59.999999+09:00"), 10);
        assert_eq!(from, kst("2026-08-01T00:00:00+09:00"));
        let a_moment_later = counts_from(kst("2026-08-12T00:00:00+09:00"), 10);
        assert_eq!(a_moment_later, kst("2026-08-02T00:00:00+09:00"));
        assert_eq!(counts_from(kst("2026-08-12T08:00:00+09:00"), 0), kst("2026-08-12T00:00:00+09:00"));
    }

    #[test]
    fn a_window_longer_than_the_calendar_holds_everything() {
        for days in [800_000, 3_000_000, u32::MAX] {
            assert_eq!(counts_from(kst("2026-08-12T08:00:00+09:00"), days), FIRST);
        }
    }

    proptest! {
        #[test]
        fn what_happened_on_a_day_counts_to_the_end_of_the_nth_day_after_and_no_longer(
            second in 0_i64..4_000_000_000, days in 0_u32..400,
        ) {
            let happened = Utc.timestamp_opt(second, 0).single().expect("in range");
            let last_day = kst_date_of(happened) + Days::new(u64::from(days));
            let end = kst_day_end(last_day);
            prop_assert!(happened >= counts_from(end - TimeDelta::microseconds(1), days));
            prop_assert!(happened < counts_from(end, days));
        }
    }
}
