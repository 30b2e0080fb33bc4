//! 제목 검색: inquiries found by the tails of their titles, which triggers cut and keep.
//!
//! `domain::title_search` says what a tail is and when looking them up is the shorter way.

use chrono::NaiveDate;
use commerce::ListOrder;
use commerce::calendar::{kst_day_end, kst_day_start};
use db::{DbBackend, DbConnection, for_update};
use diesel::dsl::{count_star, exists, max, min};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use crate::domain::counsel_list::{ListFilter, PageStart, Place};
use crate::domain::inquiry::InquirySummary;
use crate::domain::title_search::{Lookup, TAIL, Tails, pieces};
use crate::store::by_day::ByDay;
use crate::store::explained::Explained;
use crate::store::inquiry_list::{Counted, CountedRow, Counting, containing, find_all};
use crate::store::list_terms::{from_start, in_order, narrow_common};
use crate::store::schema::{counsel, counsel_title_backlog, counsel_title_tail};

/// Adds the conditions of a lookup to a query over tails.
macro_rules! looked_up {
    ($query:expr, $filter:expr, $lookup:expr) => {{
        let (filter, lookup): (&ListFilter, &Lookup) = ($filter, $lookup);
        let tails = &lookup.tails;
        let mut query = narrow_common!($query, filter, counsel_title_tail)
            .filter(counsel_title_tail::tail.ge(tails.from.clone()))
            .filter(counsel_title_tail::shortest.le(tails.length));
        if let Some(before) = &tails.before {
            query = query.filter(counsel_title_tail::tail.lt(before.clone()));
        }
        match &filter.title_part {
            Some(part) if !lookup.is_whole => query.filter(exists(
                counsel::table
                    .filter(counsel::ccn_no.eq(counsel_title_tail::ccn_no))
                    .filter(counsel::title_fold.like(containing(part)).escape('\\')),
            )),
            _ => query,
        }
    }};
}

/// Whether older titles are not cut yet, so that not every tail is there.
pub fn is_behind(conn: &mut DbConnection) -> QueryResult<bool> {
    let behind: i64 = counsel_title_backlog::table.count().get_result(conn)?;
    Ok(behind > 0)
}

/// How a part of a title is looked up: by the rarest of its pieces. With `rare` tails it is not rare any more.
pub fn find_lookup(conn: &mut DbConnection, part: &str, rare: i64) -> QueryResult<Option<Lookup>> {
    let is_whole = part.chars().count() <= TAIL;
    let mut rarest: Option<(i64, Tails)> = None;
    for tails in pieces(part) {
        let (count,): (i64,) = CountUpTo {
            from: &tails.from,
            before: tails.before.as_deref(),
            length: tails.length,
            limit: rare,
        }
        .get_result(conn)?;
        if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
            rarest = Some((count, tails));
        }
    }
    Ok(rarest.map(|(count, tails)| Lookup { tails, is_whole, is_rare: count < rare }))
}

/// How many inquiries fit a filter, and when the oldest and the newest of them were accepted.
pub fn count(conn: &mut DbConnection, filter: &ListFilter, lookup: &Lookup) -> QueryResult<Counted> {
    counting(filter, lookup).get_result::<CountedRow>(conn).map(Counted::from)
}

/// How many inquiries of each Korean day fit a filter. Days without any are left out.
pub fn count_by_day(
    conn: &mut DbConnection,
    filter: &ListFilter,
    lookup: &Lookup,
) -> QueryResult<Vec<(NaiveDate, i64)>> {
    ByDay::of(times(filter, lookup), conn).load(conn)
}

/// A page of the agents' list.
pub fn find_page(
    conn: &mut DbConnection,
    filter: &ListFilter,
    lookup: &Lookup,
    start: PageStart,
    limit: i64,
) -> QueryResult<Vec<InquirySummary>> {
    let ids: Vec<i64> = page(filter, lookup, start, limit).load(conn)?;
    find_all(conn, ids, filter.order)
}

/// How PostgreSQL would go about counting.
pub fn explain_count(conn: &mut DbConnection, filter: &ListFilter, lookup: &Lookup) -> QueryResult<String> {
    let lines: Vec<String> = Explained(counting(filter, lookup)).load(conn)?;
    Ok(lines.join("\n"))
}

/// The same by day.
pub fn explain_count_by_day(
    conn: &mut DbConnection,
    filter: &ListFilter,
    lookup: &Lookup,
) -> QueryResult<String> {
    let lines: Vec<String> = Explained(ByDay::of(times(filter, lookup), conn)).load(conn)?;
    Ok(lines.join("\n"))
}

/// The same of a page.
pub fn explain_page(
    conn: &mut DbConnection,
    filter: &ListFilter,
    lookup: &Lookup,
    start: PageStart,
    limit: i64,
) -> QueryResult<String> {
    let lines: Vec<String> = Explained(page(filter, lookup, start, limit)).load(conn)?;
    Ok(lines.join("\n"))
}

/// Cuts the titles of up to `limit` inquiries that are older than the triggers; says whether some are left.
/// Call it inside a transaction.
///
/// The inquiries are locked, in the order of their numbers: an edit that was not over yet would leave the tails of the
/// title before it behind.
pub fn cut_older(conn: &mut DbConnection, limit: i64) -> QueryResult<bool> {
    // The lock: of several replicas one cuts at a time.
    let taken: Option<(i64, i64)> =
        for_update!(conn, counsel_title_backlog::table, |query, inner| query.first(inner).optional())?;
    let Some((next, last)) = taken else { return Ok(false) };
    let batch = counsel::table
        .filter(counsel::ccn_no.between(next, last))
        .order(counsel::ccn_no)
        .limit(limit)
        .select(counsel::ccn_no);
    let ids: Vec<i64> = for_update!(conn, batch, |query, inner| query.load(inner))?;
    match (ids.first(), ids.last()) {
        (Some(&first), Some(&last)) => {
            CutBetween { first, last }.execute(conn)?;
            diesel::update(counsel_title_backlog::table)
                .set(counsel_title_backlog::next_ccn_no.eq(last + 1))
                .execute(conn)?;
            Ok(true)
        }
        _ => {
            diesel::delete(counsel_title_backlog::table).execute(conn)?;
            Ok(false)
        }
    }
}

fn counting<'a>(
    filter: &ListFilter,
    lookup: &Lookup,
) -> counsel_title_tail::BoxedQuery<'a, DbBackend, Counting> {
    let found = counsel_title_tail::table
        .select((count_star(), min(counsel_title_tail::accp_dtm), max(counsel_title_tail::accp_dtm)))
        .into_boxed();
    looked_up!(found, filter, lookup)
}

/// When each of those was accepted that fit.
fn times<'a>(
    filter: &ListFilter,
    lookup: &Lookup,
) -> counsel_title_tail::BoxedQuery<'a, DbBackend, Timestamp> {
    let found = counsel_title_tail::table.select(counsel_title_tail::accp_dtm).into_boxed();
    looked_up!(found, filter, lookup)
}

/// The numbers of a page.
fn page<'a>(
    filter: &ListFilter,
    lookup: &Lookup,
    start: PageStart,
    limit: i64,
) -> counsel_title_tail::BoxedQuery<'a, DbBackend, BigInt> {
    let found = counsel_title_tail::table.select(counsel_title_tail::ccn_no).into_boxed();
    from_start!(looked_up!(found, filter, lookup).limit(limit), filter.order, start, counsel_title_tail)
}

db::statement! {
    /// `make bench` measures it (`inquiries`): a search begins with how rare its part is.
    struct CountUpTo<'a> {
        from: &'a str = Text,
        before: Option<&'a str> = Nullable<Text>,
        length: i32 = Integer,
        limit: i64 = BigInt,
    } -> (BigInt)
    sql {
        "SELECT count(*) FROM (SELECT 1 FROM counsel_title_tail WHERE tail >= " {from} " AND tail < " {before}
        " AND shortest <= " {length} " LIMIT " {limit} ") AS found"
    }
}

// diesel would need the view declared as well, with every column of the tails once more.
db::statement! {
    struct CutBetween {
        first: i64 = BigInt,
        last: i64 = BigInt,
    }
    sql {
        "INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id) \
         SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id FROM counsel_title_tails \
         WHERE ccn_no BETWEEN " {first} " AND " {last} " ON CONFLICT DO NOTHING"
    }
}
