//! 개인정보 접속기록: rows are added and read, and removed only by the purge.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{FileNo, MemberNo};
use db::{DbBackend, DbConnection, each_backend};
use diesel::prelude::*;

use crate::domain::access::{Look, LookFilter, RecordedLook};
use crate::domain::inquiry::InquiryId;
use crate::store::schema::access_record;

pub fn insert(conn: &mut DbConnection, looks: &[Look], now: DateTime<Utc>) -> QueryResult<usize> {
    if looks.is_empty() {
        return Ok(0);
    }
    let rows: Vec<NewRow<'_>> = looks
        .iter()
        .map(|look| NewRow {
            acs_dtm: now.naive_utc(),
            user_id: &look.by,
            mbr_no: &look.member_no,
            oper_nm: look.operation,
            ccn_no: look.inquiry.map(|id| id.0),
            file_no: look.file_no.as_ref(),
        })
        .collect();
    each_backend!(conn, |inner| diesel::insert_into(access_record::table).values(&rows).execute(inner))
}

/// The number of all and a page, newest first.
pub fn find_page(
    conn: &mut DbConnection,
    filter: &LookFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<RecordedLook>)> {
    let count = filtered(filter).count().get_result(conn)?;
    let rows: Vec<LookRow> = filtered(filter)
        .order((access_record::acs_dtm.desc(), access_record::acs_no.desc()))
        .limit(limit)
        .offset(offset)
        .select(LookRow::as_select())
        .load(conn)?;
    Ok((count, rows.into_iter().map(RecordedLook::from).collect()))
}

fn filtered(filter: &LookFilter) -> access_record::BoxedQuery<'_, DbBackend> {
    let mut query = access_record::table.into_boxed();
    if let Some(begin) = filter.period.begin() {
        query = query.filter(access_record::acs_dtm.ge(begin.naive_utc()));
    }
    if let Some(end) = filter.period.end() {
        query = query.filter(access_record::acs_dtm.lt(end.naive_utc()));
    }
    if let Some(by) = &filter.by {
        query = query.filter(access_record::user_id.eq(by));
    }
    if let Some(member_no) = &filter.member_no {
        query = query.filter(access_record::mbr_no.eq(member_no));
    }
    query
}

#[derive(Insertable)]
#[diesel(table_name = access_record, treat_none_as_default_value = false)]
struct NewRow<'a> {
    acs_dtm: NaiveDateTime,
    user_id: &'a str,
    mbr_no: &'a MemberNo,
    oper_nm: &'a str,
    ccn_no: Option<i64>,
    file_no: Option<&'a FileNo>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = access_record)]
struct LookRow {
    acs_no: i64,
    acs_dtm: NaiveDateTime,
    user_id: String,
    mbr_no: MemberNo,
    oper_nm: String,
    ccn_no: Option<i64>,
    file_no: Option<FileNo>,
}

impl From<LookRow> for RecordedLook {
    fn from(row: LookRow) -> Self {
        Self {
            id: row.acs_no,
            at: row.acs_dtm.and_utc(),
            by: row.user_id,
            member_no: row.mbr_no,
            operation: row.oper_nm,
            inquiry: row.ccn_no.map(InquiryId),
            file_no: row.file_no,
        }
    }
}
