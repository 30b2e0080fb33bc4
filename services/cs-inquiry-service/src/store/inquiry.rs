//! 1:1 문의: one at a time. Every change names the state it starts from.

mod changes;
mod row;

use chrono::{DateTime, Utc};
use commerce::{InquiryStatus, MemberNo, SiteNo};
use db::{DbConnection, for_update};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use crate::domain::inquiry::{Inquiry, InquiryId, InquiryText};
use crate::domain::period::Period;
use crate::store::schema::counsel;
use row::{Columns, InquiryRow};

pub use changes::{
    mask_of_member, update_agent, update_answered, update_deleted, update_goods_name, update_released,
    update_started, update_text,
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
    let columns = Columns::of(new.text);
    let id: Option<(i64,)> = Insert {
        site_no: new.site_no.as_str(),
        member_no: new.member_no.as_str(),
        type_id: new.text.type_id,
        title: columns.title,
        title_fold: &columns.title_fold,
        content: columns.content,
        order_no: columns.order_no,
        order_line: columns.order_line,
        goods_no: columns.goods_no,
        item_no: columns.item_no,
        goods_name: columns.goods_name,
        sms: columns.sms,
        phone_first: columns.phone_first,
        phone_middle: columns.phone_middle,
        phone_last: columns.phone_last,
        email: columns.email,
        name: columns.name,
        accepted_at: new.accepted_at.naive_utc(),
        accepted_on: commerce::calendar::kst_date_of(new.accepted_at),
        file_count: new.file_count,
        question_no: new.question_no,
    }
    .get_result(conn)
    .optional()?;
    Ok(id.map(|(id,)| InquiryId(id)))
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

db::statement! {
    struct Insert<'a> {
        site_no: &'a str = Text,
        member_no: &'a str = Text,
        type_id: i64 = BigInt,
        title: &'a str = Text,
        title_fold: &'a str = Text,
        content: &'a str = Text,
        order_no: Option<&'a str> = Nullable<Text>,
        order_line: Option<i32> = Nullable<Integer>,
        goods_no: Option<&'a str> = Nullable<Text>,
        item_no: Option<&'a str> = Nullable<Text>,
        goods_name: Option<&'a str> = Nullable<Text>,
        sms: &'a str = Text,
        phone_first: Option<&'a str> = Nullable<Text>,
        phone_middle: Option<&'a str> = Nullable<Text>,
        phone_last: Option<&'a str> = Nullable<Text>,
        email: Option<&'a str> = Nullable<Text>,
        name: Option<&'a str> = Nullable<Text>,
        accepted_at: chrono::NaiveDateTime = Timestamp,
        accepted_on: chrono::NaiveDate = Date,
        file_count: i32 = Integer,
        question_no: Option<&'a str> = Nullable<Text>,
    } -> (BigInt)
    sql {
        "INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, ord_no, ord_seq, goods_no, \
         itm_no, goods_nm, sms_noti_yn, cell_sct_no, cell_txno_no, cell_end_no, email_addr, inqmn_nm, cnsl_stat_cd, \
         accp_dtm, accp_dt, mod_dtm, file_cnt, quest_no) VALUES ("
        {site_no} ", " {member_no} ", " {type_id} ", " {title} ", " {title_fold} ", " {content} ", " {order_no} ", "
        {order_line} ", " {goods_no} ", " {item_no} ", " {goods_name} ", " {sms} ", " {phone_first} ", "
        {phone_middle} ", " {phone_last} ", " {email} ", " {name} ", '10', " {accepted_at} ", " {accepted_on} ", "
        {accepted_at} ", " {file_count} ", " {question_no} ") ON CONFLICT DO NOTHING RETURNING ccn_no"
    }
}
