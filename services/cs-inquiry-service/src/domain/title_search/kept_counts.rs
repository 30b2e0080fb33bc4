//! 제목 검색의 일별 건수: what frequent searches found on each day, kept for as long as the version of the day stands.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use commerce::InquiryStatus;

use super::Lookup;
use crate::domain::counsel_list::ListFilter;

/// A search itself takes as much room as so many days.
const DAYS_PER_SEARCH: usize = 16;

/// What a search asks beside its days: what one of them found says nothing of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Searched {
    title_part: Option<String>,
    statuses: Vec<InquiryStatus>,
    type_ids: Vec<i64>,
    agent: Option<String>,
}

impl From<&ListFilter> for Searched {
    fn from(filter: &ListFilter) -> Self {
        Self {
            title_part: filter.title_part.clone(),
            statuses: filter.statuses.clone(),
            type_ids: filter.type_ids.clone(),
            agent: filter.agent.clone(),
        }
    }
}

/// How many were found on a day, and the version that the day had then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    pub version: i64,
    pub count: i64,
}

/// The counts of a bounded number of days; what nobody asked for the longest goes first.
#[derive(Debug)]
pub struct KeptCounts {
    most_days: usize,
    /// How many there are, searches included.
    days: usize,
    /// Grows with each use.
    uses: u64,
    searches: HashMap<Arc<Searched>, Kept>,
    by_last_use: BTreeMap<u64, Arc<Searched>>,
}

#[derive(Debug)]
struct Kept {
    last_use: u64,
    lookup: Lookup,
    days: BTreeMap<NaiveDate, CountedDay>,
}

impl KeptCounts {
    pub fn new(most_days: usize) -> Self {
        Self { most_days, days: 0, uses: 0, searches: HashMap::new(), by_last_use: BTreeMap::new() }
    }

    /// How a search's part of a title was looked up when its counts were kept.
    pub fn lookup(&self, searched: &Searched) -> Option<Lookup> {
        self.searches.get(searched).map(|kept| kept.lookup.clone())
    }

    /// What is known of the asked days, each of which has the given version now.
    pub fn find(
        &mut self,
        searched: &Searched,
        versions: &BTreeMap<NaiveDate, i64>,
    ) -> BTreeMap<NaiveDate, i64> {
        self.touch(searched);
        let Some(kept) = self.searches.get(searched) else { return BTreeMap::new() };
        let fresh = versions.iter().filter_map(|(day, version)| {
            kept.days
                .get(day)
                .filter(|counted| counted.version == *version)
                .map(|counted| (*day, counted.count))
        });
        fresh.collect()
    }

    /// Keeps what was counted, in the place of what was known of these days.
    pub fn keep(
        &mut self,
        searched: Searched,
        lookup: Lookup,
        counted: impl IntoIterator<Item = (NaiveDate, CountedDay)>,
    ) {
        let searched = Arc::new(searched);
        let kept = self.searches.entry(Arc::clone(&searched)).or_insert_with(|| {
            self.days += DAYS_PER_SEARCH;
            Kept { last_use: 0, lookup: lookup.clone(), days: BTreeMap::new() }
        });
        kept.lookup = lookup;
        let before = kept.days.len();
        kept.days.extend(counted);
        self.days += kept.days.len() - before;
        self.touch(&searched);
        while self.days > self.most_days {
            let Some((_, oldest)) = self.by_last_use.pop_first() else { return };
            if let Some(gone) = self.searches.remove(&oldest) {
                self.days -= DAYS_PER_SEARCH + gone.days.len();
            }
        }
    }

    fn touch(&mut self, searched: &Searched) {
        let Some((known, _)) = self.searches.get_key_value(searched) else { return };
        let known = Arc::clone(known);
        self.uses += 1;
        if let Some(kept) = self.searches.get_mut(searched) {
            self.by_last_use.remove(&kept.last_use);
            kept.last_use = self.uses;
            self.by_last_use.insert(self.uses, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::title_search::pieces;

    fn searched(part: &str) -> Searched {
        Searched::from(&ListFilter { title_part: Some(part.to_owned()), ..ListFilter::default() })
    }

    fn lookup(part: &str) -> Lookup {
        Lookup { tails: pieces(part).remove(0), is_whole: true, is_rare: false }
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number.into())
    }

    fn days(range: std::ops::Range<u32>, version: i64) -> BTreeMap<NaiveDate, i64> {
        range.map(|number| (day(number), version)).collect()
    }

    fn counted(range: std::ops::Range<u32>, version: i64, count: i64) -> Vec<(NaiveDate, CountedDay)> {
        range.map(|number| (day(number), CountedDay { version, count })).collect()
    }

    #[test]
    fn a_count_is_known_as_long_as_the_version_of_its_day_stands() {
        let mut kept = KeptCounts::new(1_000);
        kept.keep(searched("문의"), lookup("문의"), counted(0..3, 7, 5));
        let mut versions = days(0..4, 7);
        assert_eq!(kept.find(&searched("문의"), &versions), days(0..3, 5));
        assert_eq!(kept.find(&searched("문"), &versions), BTreeMap::new(), "another search");
        versions.insert(day(1), 8);
        let known = kept.find(&searched("문의"), &versions);
        assert_eq!(known.into_keys().collect::<Vec<_>>(), [day(0), day(2)]);
        versions.insert(day(2), 6);
        assert_eq!(kept.find(&searched("문의"), &versions), days(0..1, 5), "a database may have gone back");
        kept.keep(searched("문의"), lookup("문의"), counted(1..2, 8, 6));
        versions.insert(day(2), 7);
        let known = kept.find(&searched("문의"), &versions);
        assert_eq!(known.into_values().collect::<Vec<_>>(), [5, 6, 5]);
    }

    #[test]
    fn whatever_narrows_a_search_makes_another_one_of_it_but_not_its_days() {
        let filter = ListFilter { title_part: Some("문의".to_owned()), ..ListFilter::default() };
        let period = commerce::period::Period { first_day: Some(day(1)), last_day: None };
        assert_eq!(Searched::from(&ListFilter { period, ..filter.clone() }), Searched::from(&filter));
        for other in [
            ListFilter { title_part: Some("문".to_owned()), ..filter.clone() },
            ListFilter { statuses: vec![InquiryStatus::Received], ..filter.clone() },
            ListFilter { type_ids: vec![1], ..filter.clone() },
            ListFilter { agent: Some("a".to_owned()), ..filter.clone() },
        ] {
            assert_ne!(Searched::from(&other), Searched::from(&filter));
        }
    }

    #[test]
    fn what_was_not_asked_for_the_longest_goes_first() {
        let mut kept = KeptCounts::new(3 * (DAYS_PER_SEARCH + 10));
        for part in ["가", "나", "다"] {
            kept.keep(searched(part), lookup(part), counted(0..10, 1, 1));
        }
        assert_eq!(kept.find(&searched("가"), &days(0..10, 1)).len(), 10);
        kept.keep(searched("라"), lookup("라"), counted(0..10, 1, 1));
        let known = ["가", "나", "다", "라"].map(|part| kept.lookup(&searched(part)).is_some());
        assert_eq!(known, [true, false, true, true]);
    }

    #[test]
    fn however_much_is_kept_it_stays_within_bounds() {
        let mut kept = KeptCounts::new(500);
        for round in 0..2_000_u32 {
            let part = (round * 7 % 41).to_string();
            let from = round % 13;
            kept.keep(searched(&part), lookup(&part), counted(from..from + round % 60, 1, 1));
            let days: usize = kept.searches.values().map(|kept| DAYS_PER_SEARCH + kept.days.len()).sum();
            assert_eq!(kept.days, days);
            assert!(days <= 500, "{days} in round {round}");
            assert_eq!(kept.by_last_use.len(), kept.searches.len());
        }
        assert!(kept.searches.len() > 3);
    }

    #[test]
    fn a_search_of_more_days_than_there_is_room_for_is_not_kept() {
        let mut kept = KeptCounts::new(20);
        kept.keep(searched("문의"), lookup("문의"), counted(0..5, 1, 1));
        assert_eq!(kept.lookup(&searched("문의")), None);
        assert_eq!((kept.days, kept.by_last_use.len()), (0, 0));
    }
}
