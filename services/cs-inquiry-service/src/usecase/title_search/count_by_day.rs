//! 제목 검색 건수: how many inquiries a frequent part of a title finds on each day. Days on which nothing has changed since
//! this process counted them are not counted again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commerce::period::Period;
use db::DbConnection;
use service_kit::error::Error;

use super::Searches;
use crate::domain::counsel_list::ListFilter;
use crate::domain::title_search::day_runs::{Run, runs};
use crate::domain::title_search::kept_counts::{CountedDay, Searched};
use crate::domain::title_search::{Limits, Lookup, is_looked_up};
use crate::store;
use crate::store::title_search;

/// So many runs of days are read one after the other; beyond that, some that would not have to be read are read too.
pub(super) const MOST_RUNS: usize = 16;

/// Counts per day of a frequent word, the newest day first and none of them 0. `daily` is how many inquiries there are of
/// the filter's days, status and type, whatever their title.
///
/// Call it inside a snapshot: what is kept are counts beside the versions that stood when they were counted.
pub(super) fn count_by_day(
    conn: &mut DbConnection,
    searches: &Searches,
    filter: &ListFilter,
    lookup: &Lookup,
    daily: &[(NaiveDate, i64)],
) -> Result<Vec<(NaiveDate, i64)>, Error> {
    let Some(((newest, _), (oldest, _))) = daily.first().zip(daily.last()) else { return Ok(Vec::new()) };
    let changed = title_search::day_version::find(conn, *oldest, *newest)?;
    let version = |day: &NaiveDate| changed.get(day).copied().unwrap_or_default();
    let versions: BTreeMap<NaiveDate, i64> = daily.iter().map(|(day, _)| (*day, version(day))).collect();
    let searched = Searched::from(filter);
    let mut counts = searches.kept().find(&searched, &versions);
    let stale = runs(daily, |day| !counts.contains_key(&day), MOST_RUNS);
    if !stale.is_empty() {
        let found = count_runs(conn, filter, lookup, &stale, searches.limits)?;
        let counted = |day: &NaiveDate| found.get(day).copied().unwrap_or_default();
        let unknown = versions.into_iter().filter(|(day, _)| !counts.contains_key(day));
        let new: Vec<(NaiveDate, CountedDay)> =
            unknown.map(|(day, version)| (day, CountedDay { version, count: counted(&day) })).collect();
        counts.extend(new.iter().map(|(day, counted)| (*day, counted.count)));
        searches.kept().keep(searched, lookup.clone(), new);
    }
    Ok(counts.into_iter().rev().filter(|(_, count)| *count > 0).collect())
}

/// Counts per day, at least of the days in these runs.
fn count_runs(
    conn: &mut DbConnection,
    filter: &ListFilter,
    lookup: &Lookup,
    runs: &[Run],
    limits: Limits,
) -> Result<BTreeMap<NaiveDate, i64>, Error> {
    let mut filter = filter.clone();
    let is_more = !filter.statuses.is_empty() || !filter.type_ids.is_empty() || filter.agent.is_some();
    let inquiries = runs.iter().map(|run| run.inquiries).sum();
    if is_looked_up(lookup, inquiries, is_more, limits) {
        // All tails of the word are read, whichever days are asked for: so it is done once.
        filter.period = Period {
            first_day: runs.last().map(|run| run.first_day),
            last_day: runs.first().map(|run| run.last_day),
        };
        return Ok(title_search::title_tail::count_by_day(conn, &filter, lookup)?.into_iter().collect());
    }
    let mut counts = BTreeMap::new();
    for run in runs {
        filter.period = run.period();
        counts.extend(store::inquiry_list::count_by_day(conn, &filter)?);
    }
    Ok(counts)
}
