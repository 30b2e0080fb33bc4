//! Lists of inquiries, by the instant of their acceptance and then by their numbers.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use commerce::calendar::{kst_day_end, kst_day_start};
use commerce::period::Period;
use commerce::{GoodsNo, InquiryStatus, ListOrder, MemberNo, OrderNo, SiteNo};
use db::{DbBackend, DbConnection};
use diesel::dsl::{AsSelect, InnerJoin, IntoBoxed, Select, count_star, max, min};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};

use super::by_day::ByDay;
use super::explained::Explained;
use super::list_terms::{from_start, in_order, narrow_common};
use crate::domain::counsel_list::{ListFilter, PageStart, Place};
use crate::domain::inquiry::{InquiryId, InquirySummary};
use crate::store::schema::{counsel, counsel_type};

/// What a count found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub count: i64,
    /// When the oldest and the newest one were accepted; `None` of none.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Adds the conditions of a filter to a query over inquiries, with their types or without.
macro_rules! narrow {
    ($query:expr, $filter:expr) => {{
        let filter: &ListFilter = $filter;
        let mut query = narrow_common!($query, filter, counsel);
        if let Some(member_no) = &filter.member_no {
            query = query.filter(counsel::mbr_no.eq(member_no.clone()));
        }
        if let Some(order_no) = &filter.order_no {
            query = query.filter(counsel::ord_no.eq(order_no.clone()));
        }
        if let Some(part) = &filter.title_part {
            query = query.filter(counsel::title_fold.like(containing(part)).escape('\\'));
        }
        query
    }};
}

/// The number of a member's own inquiries and a page of them.
pub fn find_page_of_member(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    period: Period,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<InquirySummary>)> {
    let of_member = || {
        let mut query = summaries()
            .filter(counsel::mbr_no.eq(member_no.clone()))
            .filter(counsel::site_no.eq(site_no.clone()));
        if let Some(begin) = period.begin() {
            query = query.filter(counsel::accp_dtm.ge(begin.naive_utc()));
        }
        if let Some(end) = period.end() {
            query = query.filter(counsel::accp_dtm.lt(end.naive_utc()));
        }
        query
    };
    let count = crate::store::inquiry::count(conn, member_no, Some(site_no), period, InquiryStatus::ALL)?;
    let rows: Vec<SummaryRow> = of_member()
        .order((counsel::accp_dtm.desc(), counsel::ccn_no.desc()))
        .limit(limit)
        .offset(offset)
        .load(conn)?;
    Ok((count, rows.into_iter().map(InquirySummary::from).collect()))
}

/// A page of the agents' list.
///
/// First only the numbers: an index knows them, so that however many rows a search walks past, none of them is fetched.
pub fn find_page(
    conn: &mut DbConnection,
    filter: &ListFilter,
    start: PageStart,
    limit: i64,
) -> QueryResult<Vec<InquirySummary>> {
    let is_one_walk = filter.statuses.len() < 2 || !filter.is_counted_daily();
    let ids = if is_one_walk {
        let places: Vec<PlaceRow> = page(filter, start, limit).load(conn)?;
        places.into_iter().map(|(_, id)| id).collect()
    } else {
        find_merged(conn, filter, start, limit)?
    };
    find_all(conn, ids, filter.order)
}

/// The index of statuses is in order within each of them: several are walked one by one and merged, so that nothing is sorted
/// but the beginnings.
fn find_merged(
    conn: &mut DbConnection,
    filter: &ListFilter,
    start: PageStart,
    limit: i64,
) -> QueryResult<Vec<i64>> {
    let (start, skip) = match start {
        PageStart::Behind(_) => (start, 0),
        PageStart::OnDay { day, skip } => (PageStart::OnDay { day, skip: 0 }, skip),
        PageStart::Skipping(skip) => (PageStart::Skipping(0), skip),
    };
    let mut places: Vec<PlaceRow> = Vec::new();
    for status in &filter.statuses {
        let of_status = ListFilter { statuses: vec![*status], ..filter.clone() };
        let found: Vec<PlaceRow> = page(&of_status, start, skip.saturating_add(limit)).load(conn)?;
        places.extend(found);
    }
    places.sort_unstable();
    if filter.order == ListOrder::NewestFirst {
        places.reverse();
    }
    let [skip, limit] = [skip, limit].map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
    Ok(places.into_iter().skip(skip).take(limit).map(|(_, id)| id).collect())
}

/// Inquiries by their numbers, in the order of a list.
pub(super) fn find_all(
    conn: &mut DbConnection,
    ids: Vec<i64>,
    order: ListOrder,
) -> QueryResult<Vec<InquirySummary>> {
    let found = summaries().filter(counsel::ccn_no.eq_any(ids));
    let rows: Vec<SummaryRow> = in_order!(found, order, counsel).load(conn)?;
    Ok(rows.into_iter().map(InquirySummary::from).collect())
}

/// How many inquiries fit a filter, counted one by one, and when the oldest and the newest of them were accepted.
pub fn count(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<Counted> {
    counting(filter).get_result::<CountedRow>(conn).map(Counted::from)
}

/// How many inquiries of each Korean day fit a filter, counted one by one. Days without any are left out.
pub fn count_by_day(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<Vec<(NaiveDate, i64)>> {
    ByDay::of(times(filter), conn).load(conn)
}

/// How PostgreSQL would go about counting: for tests, and for whoever wonders why a list is slow.
pub fn explain_count(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<String> {
    let lines: Vec<String> = Explained(counting(filter)).load(conn)?;
    Ok(lines.join("\n"))
}

/// The same by day.
pub fn explain_count_by_day(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<String> {
    let lines: Vec<String> = Explained(ByDay::of(times(filter), conn)).load(conn)?;
    Ok(lines.join("\n"))
}

/// The same of a page.
pub fn explain_page(
    conn: &mut DbConnection,
    filter: &ListFilter,
    start: PageStart,
    limit: i64,
) -> QueryResult<String> {
    let lines: Vec<String> = Explained(page(filter, start, limit)).load(conn)?;
    Ok(lines.join("\n"))
}

type Summaries<'a> = IntoBoxed<
    'a,
    Select<InnerJoin<counsel::table, counsel_type::table>, AsSelect<SummaryRow, DbBackend>>,
    DbBackend,
>;

fn summaries<'a>() -> Summaries<'a> {
    let all: Summaries<'a> =
        counsel::table.inner_join(counsel_type::table).select(SummaryRow::as_select()).into_boxed();
    all.filter(counsel::del_dtm.is_null())
}

pub(super) type Counting = (BigInt, Nullable<Timestamp>, Nullable<Timestamp>);
pub(super) type CountedRow = (i64, Option<NaiveDateTime>, Option<NaiveDateTime>);

impl From<CountedRow> for Counted {
    fn from((count, oldest, newest): CountedRow) -> Self {
        let between = oldest.zip(newest).map(|(oldest, newest)| (oldest.and_utc(), newest.and_utc()));
        Self { count, between }
    }
}

fn counting(filter: &ListFilter) -> counsel::BoxedQuery<'_, DbBackend, Counting> {
    let live = counsel::table
        .filter(counsel::del_dtm.is_null())
        .select((count_star(), min(counsel::accp_dtm), max(counsel::accp_dtm)))
        .into_boxed();
    narrow!(live, filter)
}

/// When each of those was accepted that fit.
fn times(filter: &ListFilter) -> counsel::BoxedQuery<'_, DbBackend, Timestamp> {
    let live = counsel::table.filter(counsel::del_dtm.is_null()).select(counsel::accp_dtm).into_boxed();
    narrow!(live, filter)
}

type PlaceRow = (NaiveDateTime, i64);

/// The places of a page.
fn page(
    filter: &ListFilter,
    start: PageStart,
    limit: i64,
) -> counsel::BoxedQuery<'_, DbBackend, (Timestamp, BigInt)> {
    let live = counsel::table
        .filter(counsel::del_dtm.is_null())
        .select((counsel::accp_dtm, counsel::ccn_no))
        .into_boxed();
    from_start!(narrow!(live, filter).limit(limit), filter.order, start, counsel)
}

/// Finds a text inside another one, whatever characters it has.
pub(super) fn containing(part: &str) -> String {
    let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel)]
struct SummaryRow {
    ccn_no: i64,
    mbr_no: MemberNo,
    cnsl_typ_no: i64,
    #[diesel(select_expression = counsel_type::cnsl_typ_nm)]
    #[diesel(select_expression_type = counsel_type::cnsl_typ_nm)]
    cnsl_typ_nm: String,
    title: String,
    accp_dtm: NaiveDateTime,
    mod_dtm: NaiveDateTime,
    cnsl_stat_cd: InquiryStatus,
    proc_user_id: Option<String>,
    ord_no: Option<OrderNo>,
    goods_no: Option<GoodsNo>,
    goods_nm: Option<String>,
    file_cnt: i32,
    ans_dtm: Option<NaiveDateTime>,
}

impl From<SummaryRow> for InquirySummary {
    fn from(row: SummaryRow) -> Self {
        Self {
            id: InquiryId(row.ccn_no),
            member_no: row.mbr_no,
            type_id: row.cnsl_typ_no,
            type_name: row.cnsl_typ_nm,
            title: row.title,
            accepted_at: row.accp_dtm.and_utc(),
            changed_at: row.mod_dtm.and_utc(),
            status: row.cnsl_stat_cd,
            agent: row.proc_user_id,
            order_no: row.ord_no,
            goods_no: row.goods_no,
            goods_name: row.goods_nm,
            file_count: row.file_cnt,
            answered_at: row.ans_dtm.map(|at| at.and_utc()),
        }
    }
}
