//! 1:1 문의: one at a time. Every change names the state it starts from.

mod changes;
mod row;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo, SiteNo};
use db::{DbConnection, each_backend, for_update, for_update_skip_locked};
use diesel::prelude::*;

use crate::domain::inquiry::{Inquiry, InquiryId, InquiryText};
use crate::store::explained::Explained;
use crate::store::schema::counsel;
use row::{InquiryRow, TextColumns};

pub use changes::{
    lock_contacts, mask_contacts, update_agent, update_answered, update_deleted, update_goods_name,
    update_released, update_started, update_text,
};

/// An inquiry to be put down, in 10.
pub struct NewInquiry<'a> {
    pub site_no: &'a SiteNo,
    pub member_no: &'a MemberNo,
    pub text: &'a InquiryText,
    pub file_count: i32,
    /// Of a question taken over from the shop's Q&A.
    pub question_no: Option<&'a str>,
    pub accepted_at: DateTime<Utc>,
}

/// `None` when the question of that number was taken over before.
pub fn insert(conn: &mut DbConnection, new: &NewInquiry<'_>) -> QueryResult<Option<InquiryId>> {
    let row = (
        TextColumns::of(new.text),
        counsel::site_no.eq(new.site_no),
        counsel::mbr_no.eq(new.member_no),
        counsel::cnsl_stat_cd.eq(InquiryStatus::Received),
        counsel::accp_dtm.eq(new.accepted_at.naive_utc()),
        counsel::accp_dt.eq(kst_date_of(new.accepted_at)),
        counsel::mod_dtm.eq(new.accepted_at.naive_utc()),
        counsel::file_cnt.eq(new.file_count),
        counsel::quest_no.eq(new.question_no),
    );
    let id: Option<i64> = each_backend!(conn, |inner| diesel::insert_into(counsel::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(counsel::ccn_no)
        .get_result(inner)
        .optional())?;
    Ok(id.map(InquiryId))
}

pub fn find(conn: &mut DbConnection, id: InquiryId) -> QueryResult<Option<Inquiry>> {
    let row: Option<InquiryRow> =
        counsel::table.find(id.0).select(InquiryRow::as_select()).first(conn).optional()?;
    Ok(row.map(Inquiry::from))
}

/// Reads an inquiry and keeps it as it is until the transaction ends.
pub fn lock(conn: &mut DbConnection, id: InquiryId) -> QueryResult<Option<Inquiry>> {
    let row: Option<InquiryRow> =
        for_update!(conn, counsel::table.find(id.0).select(InquiryRow::as_select()), |query, inner| query
            .first(inner)
            .optional())?;
    Ok(row.map(Inquiry::from))
}

/// Finds the inquiry that waits the longest, of those accepted since `since`, and keeps it as it is until the transaction
/// ends. What somebody else holds is passed over.
pub fn lock_next(conn: &mut DbConnection, since: DateTime<Utc>) -> QueryResult<Option<InquiryId>> {
    let id: Option<i64> =
        for_update_skip_locked!(conn, waiting(since), |query, inner| query.first(inner).optional())?;
    Ok(id.map(InquiryId))
}

/// The same among those of these types.
pub fn lock_next_of(
    conn: &mut DbConnection,
    since: DateTime<Utc>,
    type_ids: &[i64],
) -> QueryResult<Option<InquiryId>> {
    let of_types = waiting(since).filter(counsel::cnsl_typ_no.eq_any(type_ids.to_vec()));
    let id: Option<i64> =
        for_update_skip_locked!(conn, of_types, |query, inner| query.first(inner).optional())?;
    Ok(id.map(InquiryId))
}

/// How PostgreSQL would go about it, the lock aside.
pub fn explain_next(conn: &mut DbConnection, since: DateTime<Utc>, type_ids: &[i64]) -> QueryResult<String> {
    let of_types = waiting(since).filter(counsel::cnsl_typ_no.eq_any(type_ids.to_vec()));
    let any: Vec<String> = Explained(waiting(since).limit(1)).load(conn)?;
    let of_types: Vec<String> = Explained(of_types.limit(1)).load(conn)?;
    Ok([any, of_types].concat().join("\n"))
}

/// In 10, the oldest first.
#[diesel::dsl::auto_type]
fn waiting(since: DateTime<Utc>) -> _ {
    let (status, since): (InquiryStatus, NaiveDateTime) = (InquiryStatus::Received, since.naive_utc());
    counsel::table
        .filter(counsel::cnsl_stat_cd.eq(status))
        .filter(counsel::del_dtm.is_null())
        .filter(counsel::accp_dtm.ge(since))
        .order((counsel::accp_dtm, counsel::ccn_no))
        .select(counsel::ccn_no)
}

/// The inquiry that was made of a question of the shop's Q&A.
pub fn find_by_question(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    question_no: &str,
) -> QueryResult<Option<InquiryId>> {
    let id: Option<i64> = counsel::table
        .filter(counsel::site_no.eq(site_no))
        .filter(counsel::quest_no.eq(question_no))
        .select(counsel::ccn_no)
        .first(conn)
        .optional()?;
    Ok(id.map(InquiryId))
}

/// How many inquiries a member has, deleted ones aside; without a site those of all.
pub fn count(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: Option<&SiteNo>,
    period: Period,
    statuses: &[InquiryStatus],
) -> QueryResult<i64> {
    let mut query = counsel::table
        .filter(counsel::mbr_no.eq(member_no))
        .filter(counsel::del_dtm.is_null())
        .filter(counsel::cnsl_stat_cd.eq_any(statuses.iter().copied()))
        .into_boxed();
    if let Some(site_no) = site_no {
        query = query.filter(counsel::site_no.eq(site_no));
    }
    if let Some(begin) = period.begin() {
        query = query.filter(counsel::accp_dtm.ge(begin.naive_utc()));
    }
    if let Some(end) = period.end() {
        query = query.filter(counsel::accp_dtm.lt(end.naive_utc()));
    }
    query.count().get_result(conn)
}
