//! 통합상담 목록 조회: fast at any size, and steady while inquiries arrive.
//!
//! A page is asked for by its number. If the agent has just seen the page before it, it begins exactly behind the last
//! inquiry of that page: nothing is shown twice and nothing is passed over, whatever arrives or leaves the list
//! meanwhile. A page that is jumped to begins where the daily counts say. The first page always begins with the first.
//! A part of a title that few have is looked up among the tails of titles. What many have is counted per day, and the counts
//! of days on which nothing changes are kept.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::calendar;
use commerce::period::Period;
use commerce::{ListOrder, MemberNo, OrderNo};
use db::DbConnection;
use service_kit::error::Error;
use service_kit::once::digest_of;

use super::list_page::{Listed, Wanted, among, sum};
use super::title_search::{Searches, find_frequent, find_rare, lookup};
use crate::domain::counsel_list::{ListFilter, PageStart, Place, day_of_row, in_list_order};
use crate::domain::counsel_type_tree::with_descendants;
use crate::domain::inquiry::InquirySummary;
use crate::state::AppState;
use crate::store;
use crate::store::list_cursor::Page;

/// A list as an agent asks for it: the type stands for itself and those below it.
#[derive(Clone, Debug)]
pub struct ListQuestion {
    pub filter: ListFilter,
    pub type_id: Option<i64>,
    /// From 1.
    pub page_no: i64,
    pub page_size: i64,
}

/// The number of all that fit and one page of them.
pub async fn list_counsels(
    state: &AppState,
    agent: &str,
    question: ListQuestion,
) -> Result<(i64, Vec<InquirySummary>), Error> {
    let now = state.clock.now();
    let continued = TimeDelta::minutes(i64::from(state.settings.inquiry.page_continues_minutes));
    let since = calendar::before(now, continued);
    let page = Page { agent: agent.to_owned(), list_digest: digest(&question), page_no: question.page_no };
    let asked = page.clone();
    let searches = Searches::of(state);
    let (total, rows) =
        state.db.snapshot(move |conn| find(conn, &asked, &question, since, &searches)).await?;
    let last = rows.last().map(|row| Place { accepted_at: row.accepted_at, id: row.id });
    state
        .db
        .write(move |conn| {
            store::list_cursor::save(conn, &page, last, now)?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok((total, rows))
}

fn find(
    conn: &mut DbConnection,
    page: &Page,
    question: &ListQuestion,
    since: DateTime<Utc>,
    searches: &Searches,
) -> Result<Listed, Error> {
    let mut filter = question.filter.clone();
    if let Some(type_id) = question.type_id {
        filter.type_ids = with_descendants(&store::counsel_type::find_all(conn)?, type_id);
    }
    let limit = question.page_size;
    let offset = (question.page_no - 1).saturating_mul(limit);
    let seen_before = Page { page_no: page.page_no - 1, ..page.clone() };
    let behind = store::list_cursor::find(conn, &seen_before, since)?.map(PageStart::Behind);
    let wanted = Wanted { behind, offset, limit };
    match lookup(conn, &filter, searches)? {
        Some(lookup) if lookup.is_rare => find_rare(conn, filter, &lookup, wanted),
        Some(lookup) => find_frequent(conn, filter, &lookup, wanted, searches),
        None if filter.is_counted_daily() => find_counted_daily(conn, filter, wanted),
        None => find_counting(conn, filter, wanted),
    }
}

/// What the daily counts can answer alone.
fn find_counted_daily(
    conn: &mut DbConnection,
    mut filter: ListFilter,
    wanted: Wanted,
) -> Result<Listed, Error> {
    let daily = store::daily_count::find(conn, &filter)?;
    let total = sum(&daily);
    // The days between which all of them lie spare the search for a page the walk through those where none is.
    let days = daily.last().zip(daily.first()).map(|((oldest, _), (newest, _))| (*oldest, *newest));
    let start = wanted.behind.or_else(|| day_of_row(&in_list_order(filter.order, daily), wanted.offset));
    let (Some((oldest, newest)), Some(start)) = (days, start) else { return Ok((total, Vec::new())) };
    filter.period = Period { first_day: Some(oldest), last_day: Some(newest) };
    Ok((total, store::inquiry_list::find_page(conn, &filter, start, wanted.limit)?))
}

/// What is counted one by one: inquiries of a member, an order or an agent.
fn find_counting(conn: &mut DbConnection, mut filter: ListFilter, wanted: Wanted) -> Result<Listed, Error> {
    let counted = store::inquiry_list::count(conn, &filter)?;
    let Some(start) = among(&mut filter, counted, &wanted) else { return Ok((counted.count, Vec::new())) };
    Ok((counted.count, store::inquiry_list::find_page(conn, &filter, start, wanted.limit)?))
}

/// Stands for everything that makes another list of it, but for the number of the page.
fn digest(question: &ListQuestion) -> String {
    let filter = &question.filter;
    let period = format!("{:?}", filter.period);
    let type_id = question.type_id.map(|id| id.to_string()).unwrap_or_default();
    let size = question.page_size.to_string();
    let statuses = filter.statuses.iter().map(|status| status.code()).collect::<Vec<_>>().join(",");
    let mut parts = vec![
        period.as_str(),
        &statuses,
        &type_id,
        filter.member_no.as_ref().map_or("", MemberNo::as_str),
        filter.order_no.as_ref().map_or("", OrderNo::as_str),
        filter.title_part.as_deref().unwrap_or_default(),
        filter.agent.as_deref().unwrap_or_default(),
        &size,
    ];
    // The release before knows one order: what it has shown goes on here.
    if filter.order != ListOrder::NewestFirst {
        parts.push(filter.order.code());
    }
    digest_of(&parts.into_iter().map(str::as_bytes).collect::<Vec<_>>())
}
