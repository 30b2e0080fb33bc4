//! 개인정보 접속기록: rows are added and read, and removed only by the purge.

use chrono::NaiveDateTime;
use commerce::{ClaimNo, FileNo, MemberNo, OrderNo};
use db::{DbBackend, DbConnection, each_backend};
use diesel::prelude::*;

use crate::domain::access::{Look, LookFilter, RecordedLook};
use crate::domain::inquiry::InquiryId;
use crate::store::schema::access_record;

/// What stands in place of the number of a guest, who has none.
const NO_MEMBER: &str = "";

pub fn insert(conn: &mut DbConnection, looks: &[Look]) -> QueryResult<()> {
    for looks in looks.chunks(db::ROWS_AT_ONCE) {
        let rows: Vec<NewRow<'_>> = looks.iter().map(NewRow::from).collect();
        each_backend!(conn, |inner| diesel::insert_into(access_record::table).values(&rows).execute(inner))?;
    }
    Ok(())
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
        query = query.filter(access_record::mbr_no.eq(member_no.as_str()));
    }
    if let Some(service) = &filter.service {
        query = query.filter(access_record::svc_nm.eq(service));
    }
    if let Some(operation) = &filter.operation {
        query = query.filter(access_record::oper_nm.eq(operation));
    }
    if let Some(order_no) = &filter.order_no {
        query = query.filter(access_record::ord_no.eq(order_no));
    }
    if let Some(claim_no) = &filter.claim_no {
        query = query.filter(access_record::claim_no.eq(claim_no));
    }
    query
}

#[derive(Insertable)]
#[diesel(table_name = access_record, treat_none_as_default_value = false)]
struct NewRow<'a> {
    acs_dtm: NaiveDateTime,
    user_id: &'a str,
    mbr_no: &'a str,
    oper_nm: &'a str,
    ccn_no: Option<i64>,
    file_no: Option<&'a FileNo>,
    svc_nm: &'a str,
    ord_no: Option<&'a OrderNo>,
    claim_no: Option<&'a ClaimNo>,
    acs_ip: Option<String>,
}

impl<'a> From<&'a Look> for NewRow<'a> {
    fn from(look: &'a Look) -> Self {
        Self {
            acs_dtm: look.at.naive_utc(),
            user_id: &look.by,
            mbr_no: look.member_no.as_ref().map_or(NO_MEMBER, MemberNo::as_str),
            oper_nm: &look.operation,
            ccn_no: look.inquiry.map(|id| id.0),
            file_no: look.file_no.as_ref(),
            svc_nm: &look.service,
            ord_no: look.order_no.as_ref(),
            claim_no: look.claim_no.as_ref(),
            acs_ip: look.from.map(|address| address.to_string()),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = access_record)]
struct LookRow {
    acs_no: i64,
    acs_dtm: NaiveDateTime,
    user_id: String,
    mbr_no: String,
    oper_nm: String,
    ccn_no: Option<i64>,
    file_no: Option<FileNo>,
    svc_nm: String,
    ord_no: Option<OrderNo>,
    claim_no: Option<ClaimNo>,
    acs_ip: Option<String>,
}

impl From<LookRow> for RecordedLook {
    fn from(row: LookRow) -> Self {
        let look = Look {
            at: row.acs_dtm.and_utc(),
            by: row.user_id,
            from: row.acs_ip.and_then(|text| text.parse().ok()),
            service: row.svc_nm,
            operation: row.oper_nm,
            member_no: MemberNo::parse(&row.mbr_no).ok(),
            order_no: row.ord_no,
            claim_no: row.claim_no,
            inquiry: row.ccn_no.map(InquiryId),
            file_no: row.file_no,
        };
        Self { id: row.acs_no, look }
    }
}
