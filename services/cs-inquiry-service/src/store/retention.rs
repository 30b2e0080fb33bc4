//! 보존기간: what is past its time goes.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::FileNo;
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::inquiry::InquiryId;
use crate::store::schema::{access_record, attachment, counsel};

/// Up to `limit` inquiries behind `after` whose last event, acceptance or answer, was before `before`.
pub fn find_past(
    conn: &mut DbConnection,
    after: InquiryId,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<InquiryId>> {
    let ids: Vec<i64> =
        past(before).filter(counsel::ccn_no.gt(after.0)).order(counsel::ccn_no).limit(limit).load(conn)?;
    Ok(ids.into_iter().map(InquiryId).collect())
}

/// Removes an inquiry with its history and its files' rows, unless it was answered meanwhile; says which files it had.
pub fn delete(
    conn: &mut DbConnection,
    id: InquiryId,
    before: DateTime<Utc>,
) -> QueryResult<Option<Vec<FileNo>>> {
    let inquiry = past(before).filter(counsel::ccn_no.eq(id.0));
    let locked: Option<i64> = for_update!(conn, inquiry, |query, inner| query.first(inner).optional())?;
    if locked.is_none() {
        return Ok(None);
    }
    let files =
        each_backend!(conn, |inner| diesel::delete(attachment::table.filter(attachment::ccn_no.eq(id.0)))
            .returning(attachment::file_no)
            .load(inner))?;
    diesel::delete(counsel::table.find(id.0)).execute(conn)?;
    Ok(Some(files))
}

/// Removes up to `limit` access records from before `before`.
pub fn delete_access_records(
    conn: &mut DbConnection,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<usize> {
    let past = diesel::alias!(access_record as past);
    let (at, number) = (past.field(access_record::acs_dtm), past.field(access_record::acs_no));
    let oldest = past.filter(at.lt(before.naive_utc())).order((at, number)).limit(limit).select(number);
    diesel::delete(access_record::table.filter(access_record::acs_no.eq_any(oldest))).execute(conn)
}

/// The numbers of inquiries whose last event was before `before`.
#[diesel::dsl::auto_type]
fn past(before: DateTime<Utc>) -> _ {
    let before: NaiveDateTime = before.naive_utc();
    counsel::table
        .filter(counsel::accp_dtm.lt(before))
        .filter(counsel::ans_dtm.is_null().or(counsel::ans_dtm.lt(before)))
        .select(counsel::ccn_no)
}
