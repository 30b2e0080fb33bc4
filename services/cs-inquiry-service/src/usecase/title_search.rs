//! 제목 검색: pages of inquiries by a part of their titles. What few titles have is looked up among the tails of titles; what
//! many have is counted per day, and the counts of days on which nothing changes are kept
//! (docs/adr/0014-title-tails.md, docs/adr/0015-counts-kept-per-day.md).

mod count_by_day;
pub mod prepare_older;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use commerce::ListOrder;
use db::DbConnection;
use service_kit::error::Error;

use super::list_page::{Listed, Wanted, among, sum};
use crate::domain::counsel_list::{ListFilter, PageStart, day_of_row, days_of_page, in_list_order};
use crate::domain::title_search::day_runs::runs;
use crate::domain::title_search::kept_counts::{KeptCounts, Searched};
use crate::domain::title_search::{Limits, Lookup};
use crate::state::AppState;
use crate::store;
use crate::store::title_search::title_tail;
use count_by_day::{MOST_RUNS, count_by_day};

/// What this process knows of searches.
#[derive(Clone)]
pub(super) struct Searches {
    pub(super) limits: Limits,
    kept: Arc<Mutex<KeptCounts>>,
}

impl Searches {
    pub(super) fn of(state: &AppState) -> Self {
        Self { limits: state.settings.search.limits(), kept: Arc::clone(&state.kept_counts) }
    }

    /// Held for moments only, never while the database works. Whoever panicked holding it left counts that are true.
    pub(super) fn kept(&self) -> MutexGuard<'_, KeptCounts> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a part of a title is looked up. `None` where titles are read: nobody asks for one, older ones are not cut yet, or a
/// member or an order is asked for as well, which have few.
pub(super) fn lookup(
    conn: &mut DbConnection,
    filter: &ListFilter,
    searches: &Searches,
) -> Result<Option<Lookup>, Error> {
    let Some(part) = &filter.title_part else { return Ok(None) };
    if filter.member_no.is_some() || filter.order_no.is_some() || title_tail::is_behind(conn)? {
        return Ok(None);
    }
    let known = searches.kept().lookup(&Searched::from(filter));
    match known {
        Some(lookup) => Ok(Some(lookup)),
        None => Ok(title_tail::find_lookup(conn, part, searches.limits.rare)?),
    }
}

/// A part that few titles have: all of them are looked up.
pub(super) fn find_rare(
    conn: &mut DbConnection,
    mut filter: ListFilter,
    lookup: &Lookup,
    wanted: Wanted,
) -> Result<Listed, Error> {
    let counted = title_tail::count(conn, &filter, lookup)?;
    let Some(start) = among(&mut filter, counted, &wanted) else { return Ok((counted.count, Vec::new())) };
    Ok((counted.count, title_tail::find_page(conn, &filter, lookup, start, wanted.limit)?))
}

/// A part that many titles have: counts per day, mostly known already, say on which days the page lies, and the titles of
/// these days are read.
pub(super) fn find_frequent(
    conn: &mut DbConnection,
    mut filter: ListFilter,
    lookup: &Lookup,
    wanted: Wanted,
    searches: &Searches,
) -> Result<Listed, Error> {
    let daily = store::daily_count::find(conn, &filter)?;
    let counts = in_list_order(filter.order, count_by_day(conn, searches, &filter, lookup, &daily)?);
    let total = sum(&counts);
    let start = wanted.behind.or_else(|| day_of_row(&counts, wanted.offset));
    let Some(mut start) = start else { return Ok((total, Vec::new())) };
    let days = days_of_page(filter.order, &counts, start, wanted.limit);
    let mut rows = Vec::new();
    let mut left = wanted.limit;
    let mut runs = runs(&daily, |day| days.contains(&day), MOST_RUNS);
    if filter.order == ListOrder::OldestFirst {
        runs.reverse();
    }
    for run in runs {
        filter.period = run.period();
        let found = store::inquiry_list::find_page(conn, &filter, start, left)?;
        left -= i64::try_from(found.len()).unwrap_or(left);
        rows.extend(found);
        if left == 0 {
            break;
        }
        // All that are passed over lie on the first of the days.
        if let PageStart::OnDay { .. } = start {
            start = PageStart::Skipping(0);
        }
    }
    Ok((total, rows))
}
