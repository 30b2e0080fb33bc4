//! 반품·교환 가능기간: until when goods that were delivered may be claimed.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::Blame;
use crate::calendar::kst_date_of;
use crate::claimable::reason::CollectionKind;

/// Under seven days no agreement may go (전자상거래법 제17조).
const LEAST_DAYS: u32 = 7;
/// For what differs from what was shown or agreed (제17조 제3항).
const VENDORS_MONTHS: Months = Months::new(3);

/// ST006 클레임가능일수: so many days after delivery goods may be returned, and exchanged, as the shop says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimDays {
    pub returns: u32,
    pub exchanges: u32,
}

impl ClaimDays {
    pub const fn of(self, kind: CollectionKind) -> u32 {
        match kind {
            CollectionKind::Return => self.returns,
            CollectionKind::Exchange => self.exchanges,
        }
    }
}

/// 기간: of units that hold one item. Nothing runs out before they are delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The last day for what is the customer's fault.
    pub customers_last: NaiveDate,
    /// The last day for what is not.
    pub vendors_last: NaiveDate,
}

impl Window {
    /// From the Korean day of delivery on; `days` are the shop's own, seven at least.
    pub fn of(delivered_at: DateTime<Utc>, days: u32) -> Self {
        let delivered = kst_date_of(delivered_at);
        let days = Days::new(u64::from(days.max(LEAST_DAYS)));
        Self {
            customers_last: delivered.checked_add_days(days).unwrap_or(NaiveDate::MAX),
            vendors_last: delivered.checked_add_months(VENDORS_MONTHS).unwrap_or(NaiveDate::MAX),
        }
    }

    pub fn is_over(&self, blame: Blame, at: DateTime<Utc>) -> bool {
        let last = match blame {
            Blame::Customer => self.customers_last,
            Blame::Vendor | Blame::Carrier => self.vendors_last,
        };
        kst_date_of(at) > last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_counts_whole_and_in_korea() {
        let window = Window::of(at("2026-08-01T03:00:00Z"), 14);
        assert!(!window.is_over(Blame::Customer, at("2026-08-15T14:59:59Z")));
        assert!(window.is_over(Blame::Customer, at("2026-08-15T15:00:00Z")));
        assert!(!window.is_over(Blame::Vendor, at("2026-11-01T14:59:59Z")));
        assert!(window.is_over(Blame::Vendor, at("2026-11-01T15:00:00Z")));
    }

    #[test]
    fn a_month_without_such_a_day_ends_with_its_last() {
        let window = Window::of(at("2026-11-30T03:00:00Z"), 14);
        assert_eq!(window.vendors_last, "2027-02-28".parse().unwrap());
    }

    #[test]
    fn fewer_than_seven_days_count_as_seven() {
        assert_eq!(Window::of(at("2026-08-01T03:00:00Z"), 3).customers_last, "2026-08-08".parse().unwrap());
    }
}
