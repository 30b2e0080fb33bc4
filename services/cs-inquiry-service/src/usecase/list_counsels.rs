//! 통합상담 목록 조회: fast at any size, and steady while inquiries arrive.
//!
//! A page is asked for by its number. If the agent has just seen the page before it, it begins exactly behind the last
//! inquiry of that page: nothing is shown twice and nothing is passed over, whatever arrives or leaves the list
//! meanwhile. A page that is jumped to begins where the daily counts say. The first page is always the newest.
//! A part of a title is looked up among the tails of titles, unless reading the titles themselves is the shorter way.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use commerce::calendar::kst_date_of;
use commerce::{InquiryStatus, MemberNo, OrderNo};
use db::DbConnection;
use service_kit::error::Error;
use service_kit::once::digest_of;

use super::app_state::AppState;
use crate::domain::access::Look;
use crate::domain::counsel_list::{ListFilter, PageStart, Place, day_of_row};
use crate::domain::counsel_type_tree::with_descendants;
use crate::domain::inquiry::InquirySummary;
use crate::domain::period::Period;
use crate::domain::title_search::{Lookup, is_looked_up, is_page_looked_up};
use crate::store;
use crate::store::inquiry_list::Counted;
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
    app: &AppState,
    agent: &str,
    operation: &'static str,
    question: ListQuestion,
) -> Result<(i64, Vec<InquirySummary>), Error> {
    let now = app.clock.now();
    let since = now - TimeDelta::minutes(i64::from(app.settings.inquiry.page_continues_minutes));
    let page = Page { agent: agent.to_owned(), list_digest: digest(&question), page_no: question.page_no };
    let asked = page.clone();
    let (total, rows) = app.db.snapshot(move |conn| find(conn, &asked, &question, since)).await?;
    let last = rows.last().map(|row| Place { accepted_at: row.accepted_at, id: row.id });
    let looks = looks(agent, operation, &rows);
    app.db
        .write(move |conn| {
            store::list_cursor::save(conn, &page, last, now)?;
            store::access_record::insert(conn, &looks, now)?;
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
) -> Result<(i64, Vec<InquirySummary>), Error> {
    let mut filter = question.filter.clone();
    if let Some(type_id) = question.type_id {
        filter.type_ids = with_descendants(&store::counsel_type::find_all(conn)?, type_id);
    }
    let limit = question.page_size;
    let offset = (question.page_no - 1).saturating_mul(limit);
    let seen_before = Page { page_no: page.page_no - 1, ..page.clone() };
    let search = search(conn, &filter)?;
    let behind = store::list_cursor::find(conn, &seen_before, since)?.map(PageStart::Behind);
    // The days between which all of them lie spare the search for a page the walk through those where none is.
    let (total, days, start) = if filter.is_counted_daily() {
        let daily = store::daily_count::find(conn, &filter)?;
        let total = daily.iter().map(|(_, count)| count).sum();
        let days = daily.last().zip(daily.first()).map(|((oldest, _), (newest, _))| (*oldest, *newest));
        (total, days, behind.or_else(|| day_of_row(&daily, offset)))
    } else {
        let Counted { count: total, between } = match &search {
            Some(search) => store::title_tail::count(conn, &filter, &search.lookup)?,
            None => store::inquiry_list::count(conn, &filter)?,
        };
        let days = between.map(|(oldest, newest)| (kst_date_of(oldest), kst_date_of(newest)));
        (total, days, behind.or_else(|| (offset < total).then_some(PageStart::Skipping(offset))))
    };
    let (Some((oldest, newest)), Some(start)) = (days, start) else { return Ok((total, Vec::new())) };
    filter.period = Period { first_day: Some(oldest), last_day: Some(newest) };
    let needed = limit.saturating_add(if let PageStart::Skipping(skip) = start { skip } else { 0 });
    let rows = match &search {
        Some(Search { lookup, narrowed }) if is_page_looked_up(lookup, total, needed, *narrowed) => {
            store::title_tail::find_page(conn, &filter, lookup, start, limit)?
        }
        _ => store::inquiry_list::find_page(conn, &filter, start, limit)?,
    };
    Ok((total, rows))
}

/// A part of a title that is looked up.
struct Search {
    lookup: Lookup,
    /// How many inquiries there are of the asked days, status and type, whatever their title.
    narrowed: i64,
}

/// `None` where the titles are read: nobody asks for one, or it is the shorter way. A member and an order have few.
fn search(conn: &mut DbConnection, filter: &ListFilter) -> Result<Option<Search>, Error> {
    let Some(part) = &filter.title_part else { return Ok(None) };
    if filter.member_no.is_some() || filter.order_no.is_some() {
        return Ok(None);
    }
    let Some(lookup) = store::title_tail::find_lookup(conn, part)? else { return Ok(None) };
    let narrowed = store::daily_count::sum(conn, filter)?;
    let is_more = filter.status.is_some() || !filter.type_ids.is_empty() || filter.agent.is_some();
    Ok(is_looked_up(&lookup, narrowed, is_more).then_some(Search { lookup, narrowed }))
}

/// One look per member on the page.
fn looks(agent: &str, operation: &'static str, rows: &[InquirySummary]) -> Vec<Look> {
    let members: BTreeSet<&MemberNo> = rows.iter().map(|row| &row.member_no).collect();
    let look = |member_no: &MemberNo| Look {
        by: agent.to_owned(),
        member_no: member_no.clone(),
        operation,
        inquiry: None,
        file_no: None,
    };
    members.into_iter().map(look).collect()
}

/// Stands for everything that makes another list of it, but for the number of the page.
fn digest(question: &ListQuestion) -> String {
    let filter = &question.filter;
    let period = format!("{:?}", filter.period);
    let type_id = question.type_id.map(|id| id.to_string()).unwrap_or_default();
    let size = question.page_size.to_string();
    let parts = [
        period.as_str(),
        filter.status.map_or("", InquiryStatus::code),
        &type_id,
        filter.member_no.as_ref().map_or("", MemberNo::as_str),
        filter.order_no.as_ref().map_or("", OrderNo::as_str),
        filter.title_part.as_deref().unwrap_or_default(),
        filter.agent.as_deref().unwrap_or_default(),
        &size,
    ];
    digest_of(&parts.map(str::as_bytes))
}
