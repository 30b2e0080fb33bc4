//! 통합상담 목록: which inquiries an agent asks for, and where a page of them begins.

use chrono::{DateTime, NaiveDate, Utc};
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use commerce::{InquiryStatus, ListOrder, MemberNo, OrderNo};

use super::inquiry::InquiryId;

/// 조회조건: which inquiries, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFilter {
    pub period: Period,
    /// Each once, in the order of the codes; empty for all.
    pub statuses: Vec<InquiryStatus>,
    /// A type and those below it; empty for all.
    pub type_ids: Vec<i64>,
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    /// A part of the title, in the form titles are searched in.
    pub title_part: Option<String>,
    pub agent: Option<String>,
    pub order: ListOrder,
}

impl Default for ListFilter {
    fn default() -> Self {
        Self {
            period: Period::default(),
            statuses: Vec::new(),
            type_ids: Vec::new(),
            member_no: None,
            order_no: None,
            title_part: None,
            agent: None,
            order: ListOrder::NewestFirst,
        }
    }
}

impl ListFilter {
    /// Whether the daily counts can say how many there are, without counting the inquiries themselves.
    pub fn is_counted_daily(&self) -> bool {
        self.member_no.is_none()
            && self.order_no.is_none()
            && self.title_part.is_none()
            && self.agent.is_none()
    }
}

/// 조회 상태: several may be asked for; all of them are as good as none.
pub fn statuses_asked(mut statuses: Vec<InquiryStatus>) -> Vec<InquiryStatus> {
    statuses.sort_unstable();
    statuses.dedup();
    if statuses == InquiryStatus::ALL { Vec::new() } else { statuses }
}

/// The place of an inquiry in a list: by its instant, among those of one instant by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub accepted_at: DateTime<Utc>,
    pub id: InquiryId,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStart {
    /// Behind an inquiry that the agent has seen.
    Behind(Place),
    /// So many rows into what was accepted on this day and before, or after it where the oldest come first.
    OnDay { day: NaiveDate, skip: i64 },
    /// So many rows into the whole list.
    Skipping(i64),
}

/// Counts per day in the order of the list, from those with the newest day first.
pub fn in_list_order(order: ListOrder, mut daily: Vec<(NaiveDate, i64)>) -> Vec<(NaiveDate, i64)> {
    if order == ListOrder::OldestFirst {
        daily.reverse();
    }
    daily
}

/// The day on which the row after `skip` others lies, from counts per day in the order of the list.
pub fn day_of_row(daily: &[(NaiveDate, i64)], skip: i64) -> Option<PageStart> {
    let mut before = 0;
    for (day, count) in daily {
        if skip < before + count {
            return Some(PageStart::OnDay { day: *day, skip: skip - before });
        }
        before += count;
    }
    None
}

/// The days on which a page's rows lie, from counts per day in the order of the list.
pub fn days_of_page(
    order: ListOrder,
    daily: &[(NaiveDate, i64)],
    start: PageStart,
    limit: i64,
) -> Vec<NaiveDate> {
    let (first, skip) = match start {
        // Nobody knows how much of that day lies before the place: it may be all.
        PageStart::Behind(place) => {
            let day = kst_date_of(place.accepted_at);
            (Some(day), daily.iter().find(|(known, _)| *known == day).map_or(0, |(_, count)| *count))
        }
        PageStart::OnDay { day, skip } => (Some(day), skip),
        PageStart::Skipping(skip) => (None, skip),
    };
    let is_before = |day: NaiveDate| match order {
        ListOrder::NewestFirst => first.is_some_and(|first| day > first),
        ListOrder::OldestFirst => first.is_some_and(|first| day < first),
    };
    let needed = skip.saturating_add(limit);
    let mut found = 0;
    let from_there = daily.iter().skip_while(|(day, _)| is_before(*day));
    let holding = from_there.take_while(|(_, count)| {
        let is_short = found < needed;
        found += count;
        is_short
    });
    holding.map(|(day, _)| *day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_far_down_begins_on_its_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let daily = [(day("2026-08-03"), 5), (day("2026-08-02"), 3), (day("2026-08-01"), 2)];
        let at = |skip| day_of_row(&daily, skip);
        assert_eq!(at(0), Some(PageStart::OnDay { day: day("2026-08-03"), skip: 0 }));
        assert_eq!(at(4), Some(PageStart::OnDay { day: day("2026-08-03"), skip: 4 }));
        assert_eq!(at(5), Some(PageStart::OnDay { day: day("2026-08-02"), skip: 0 }));
        assert_eq!(at(9), Some(PageStart::OnDay { day: day("2026-08-01"), skip: 1 }));
        assert_eq!(at(10), None);
        assert_eq!(day_of_row(&[], 0), None);
    }

    #[test]
    fn a_page_lies_on_as_many_days_as_it_needs() {
        let day = |number| NaiveDate::from_ymd_opt(2026, 8, number).unwrap();
        let newest_first = vec![(day(9), 5), (day(7), 3), (day(5), 2), (day(1), 1)];
        let check_in = |order, start, limit, expected: &[u32]| {
            let expected: Vec<_> = expected.iter().map(|number| day(*number)).collect();
            let daily = in_list_order(order, newest_first.clone());
            assert_eq!(days_of_page(order, &daily, start, limit), expected, "{start:?} {limit}");
        };
        let check = |start, limit, expected: &[u32]| {
            check_in(ListOrder::NewestFirst, start, limit, expected);
        };
        check(PageStart::OnDay { day: day(9), skip: 0 }, 5, &[9]);
        check(PageStart::OnDay { day: day(9), skip: 1 }, 5, &[9, 7]);
        check(PageStart::OnDay { day: day(7), skip: 2 }, 4, &[7, 5, 1]);
        check(PageStart::OnDay { day: day(1), skip: 0 }, 100, &[1]);
        check(PageStart::Skipping(8), 2, &[9, 7, 5]);
        let behind = |number| {
            let accepted_at = commerce::calendar::kst_day_start(day(number));
            PageStart::Behind(Place { accepted_at, id: InquiryId(1) })
        };
        check(behind(9), 3, &[9, 7]);
        check(behind(8), 3, &[7]);
        check(behind(5), i64::MAX, &[5, 1]);
        check(behind(1), 1, &[1]);
        let oldest = ListOrder::OldestFirst;
        check_in(oldest, PageStart::OnDay { day: day(5), skip: 1 }, 3, &[5, 7]);
        check_in(oldest, PageStart::Skipping(2), 2, &[1, 5, 7]);
        check_in(oldest, behind(8), 3, &[9]);
        check_in(oldest, behind(7), 1, &[7, 9]);
    }

    #[test]
    fn statuses_are_asked_for_each_once_and_all_of_them_are_none() {
        use InquiryStatus::{Answered, InProgress, Received};
        assert_eq!(statuses_asked(vec![InProgress, Received, InProgress]), [Received, InProgress]);
        assert_eq!(statuses_asked(vec![Answered, Received, InProgress]), []);
        assert_eq!(statuses_asked(Vec::new()), []);
    }

    #[test]
    fn only_days_status_and_type_are_counted_daily() {
        let filter = ListFilter { statuses: vec![InquiryStatus::Received], ..ListFilter::default() };
        assert!(filter.is_counted_daily());
        let of_an_agent = ListFilter { agent: Some("a".to_owned()), ..filter };
        assert!(!of_an_agent.is_counted_daily());
    }
}
