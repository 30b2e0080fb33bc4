//! Changes of one inquiry, each a compare-and-set: what was decided on must still be so, or nothing is changed.

use chrono::{DateTime, Utc};
use commerce::{GoodsNo, InquiryStatus, MemberNo, Yn, masking};
use db::{DbConnection, for_update};
use diesel::dsl::{auto_type, case_when};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::row::TextColumns;
use crate::domain::inquiry::{Answer, Contact, InquiryId, InquiryText, Phone};
use crate::store::schema::counsel;

/// 수정: only in 10.
pub fn update_text(
    conn: &mut DbConnection,
    id: InquiryId,
    text: &InquiryText,
    file_count: i32,
    changed_at: DateTime<Utc>,
) -> QueryResult<bool> {
    let updated = diesel::update(received(id))
        .set((
            TextColumns::of(text),
            counsel::file_cnt.eq(file_count),
            counsel::mod_dtm.eq(changed_at.naive_utc()),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

/// 삭제: only in 10. Texts, numbers and addresses are gone at once; the husk keeps whose number it was.
pub fn update_deleted(conn: &mut DbConnection, id: InquiryId, now: DateTime<Utc>) -> QueryResult<bool> {
    let nothing = None::<&str>;
    let updated = diesel::update(received(id))
        .set((
            counsel::del_dtm.eq(now.naive_utc()),
            counsel::title.eq(""),
            counsel::title_fold.eq(""),
            counsel::accp_cont.eq(""),
            counsel::goods_nm.eq(nothing),
            counsel::cell_sct_no.eq(nothing),
            counsel::cell_txno_no.eq(nothing),
            counsel::cell_end_no.eq(nothing),
            counsel::email_addr.eq(nothing),
            counsel::inqmn_nm.eq(nothing),
            counsel::file_cnt.eq(0),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

/// 처리 시작: 10 → 20, of the text the agent decided on.
pub fn update_started(
    conn: &mut DbConnection,
    id: InquiryId,
    agent: &str,
    changed_at: DateTime<Utc>,
) -> QueryResult<bool> {
    let decided_on = received(id).filter(counsel::mod_dtm.eq(changed_at.naive_utc()));
    let updated = diesel::update(decided_on)
        .set((counsel::cnsl_stat_cd.eq(InquiryStatus::InProgress), counsel::proc_user_id.eq(agent)))
        .execute(conn)?;
    Ok(updated == 1)
}

/// 처리 해제: 20 → 10.
pub fn update_released(conn: &mut DbConnection, id: InquiryId) -> QueryResult<bool> {
    let updated = diesel::update(in_progress(id))
        .set((counsel::cnsl_stat_cd.eq(InquiryStatus::Received), counsel::proc_user_id.eq(None::<&str>)))
        .execute(conn)?;
    Ok(updated == 1)
}

/// 배정: another owner in 20.
pub fn update_agent(conn: &mut DbConnection, id: InquiryId, agent: &str) -> QueryResult<bool> {
    let updated = diesel::update(in_progress(id)).set(counsel::proc_user_id.eq(agent)).execute(conn)?;
    Ok(updated == 1)
}

/// 답변: 20 → 30. Its variables are filled in when it is shown.
pub fn update_answered(
    conn: &mut DbConnection,
    id: InquiryId,
    answer: &Answer,
    template_id: Option<i64>,
) -> QueryResult<bool> {
    let updated = diesel::update(in_progress(id))
        .set((
            counsel::cnsl_stat_cd.eq(InquiryStatus::Answered),
            counsel::ans_cont.eq(&answer.text),
            counsel::ans_dtm.eq(answer.at.naive_utc()),
            counsel::ans_user_id.eq(&answer.by),
            counsel::ans_fill_yn.eq(Yn::Yes),
            counsel::tmpl_no.eq(template_id),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

/// Fills the name of goods in that was not known when the inquiry was written.
pub fn update_goods_name(
    conn: &mut DbConnection,
    id: InquiryId,
    goods_no: &GoodsNo,
    name: &str,
) -> QueryResult<bool> {
    let nameless = counsel::table
        .find(id.0)
        .filter(counsel::goods_no.eq(goods_no))
        .filter(counsel::goods_nm.is_null())
        .filter(counsel::del_dtm.is_null());
    Ok(diesel::update(nameless).set(counsel::goods_nm.eq(name)).execute(conn)? == 1)
}

/// Locks all of a member's inquiries and says how it can be reached by each.
///
/// Whoever locks several inquiries locks them in the order of their numbers, so that nobody waits crosswise.
pub fn lock_contacts(
    conn: &mut DbConnection,
    member_no: &MemberNo,
) -> QueryResult<Vec<(InquiryId, Contact)>> {
    type Row = (i64, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);
    let of_member = counsel::table
        .filter(counsel::mbr_no.eq(member_no))
        .filter(counsel::del_dtm.is_null())
        .order(counsel::ccn_no)
        .select((
            counsel::ccn_no,
            counsel::inqmn_nm,
            counsel::cell_sct_no,
            counsel::cell_txno_no,
            counsel::cell_end_no,
            counsel::email_addr,
        ));
    let rows: Vec<Row> = for_update!(conn, of_member, |query, inner| query.load(inner))?;
    let contacts = rows.into_iter().map(|(id, name, first, middle, last, email)| {
        (InquiryId(id), Contact { name, phone: Phone { first, middle, last }, email, wants_sms: false })
    });
    Ok(contacts.collect())
}

/// Masks phone, e-mail and name of these, all of a member's inquiries. A second time changes nothing.
pub fn mask_contacts(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    contacts: &[(InquiryId, Contact)],
) -> QueryResult<usize> {
    for (id, contact) in contacts {
        let Some(name) = &contact.name else { continue };
        diesel::update(counsel::table.find(id.0))
            .set(counsel::inqmn_nm.eq(masking::name(name)))
            .execute(conn)?;
    }
    let stars = || masking::STARS.into_sql::<Nullable<Text>>();
    diesel::update(counsel::table.filter(counsel::mbr_no.eq(member_no)).filter(counsel::del_dtm.is_null()))
        .set((
            counsel::cell_txno_no.eq(case_when(counsel::cell_txno_no.is_not_null(), stars())),
            counsel::cell_end_no.eq(case_when(counsel::cell_end_no.is_not_null(), stars())),
            counsel::email_addr.eq(case_when(counsel::email_addr.is_not_null(), stars())),
        ))
        .execute(conn)
}

/// In 10, and not deleted.
#[auto_type]
fn received(id: InquiryId) -> _ {
    let (id, status): (i64, InquiryStatus) = (id.0, InquiryStatus::Received);
    counsel::table.find(id).filter(counsel::cnsl_stat_cd.eq(status)).filter(counsel::del_dtm.is_null())
}

/// In 20.
#[auto_type]
fn in_progress(id: InquiryId) -> _ {
    let (id, status): (i64, InquiryStatus) = (id.0, InquiryStatus::InProgress);
    counsel::table.find(id).filter(counsel::cnsl_stat_cd.eq(status))
}
