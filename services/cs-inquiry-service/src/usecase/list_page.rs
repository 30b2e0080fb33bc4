//! A page of a list, and the number of all that fit.

use chrono::NaiveDate;
use commerce::calendar::kst_date_of;
use commerce::period::Period;

use crate::domain::counsel_list::{ListFilter, PageStart};
use crate::domain::inquiry::InquirySummary;
use crate::store::inquiry_list::Counted;

/// The number of all that fit, and a page of them.
pub(super) type Listed = (i64, Vec<InquirySummary>);

/// Which page.
pub(super) struct Wanted {
    /// Where the page before it ended, if the agent has just seen that one.
    pub(super) behind: Option<PageStart>,
    pub(super) offset: i64,
    pub(super) limit: i64,
}

pub(super) fn sum(daily: &[(NaiveDate, i64)]) -> i64 {
    daily.iter().map(|(_, count)| count).sum()
}

/// Where a page begins among those that were counted, to the days of which the filter is narrowed; `None` if it is empty.
pub(super) fn among(filter: &mut ListFilter, counted: Counted, wanted: &Wanted) -> Option<PageStart> {
    let (oldest, newest) = counted.between?;
    filter.period = Period { first_day: Some(kst_date_of(oldest)), last_day: Some(kst_date_of(newest)) };
    let skipping = || (wanted.offset < counted.count).then_some(PageStart::Skipping(wanted.offset));
    wanted.behind.or_else(skipping)
}
