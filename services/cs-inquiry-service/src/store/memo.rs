//! 상담 메모

use chrono::NaiveDateTime;
use db::DbConnection;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::inquiry::InquiryId;
use crate::domain::memo::Memo;
use crate::store::schema::counsel_memo;

/// The number of the last memo; 0 of none. The caller holds the inquiry's row.
pub fn last_seq(conn: &mut DbConnection, inquiry: InquiryId) -> QueryResult<i32> {
    let last: Option<i32> = counsel_memo::table
        .filter(counsel_memo::ccn_no.eq(inquiry.0))
        .select(max(counsel_memo::seq))
        .first(conn)?;
    Ok(last.unwrap_or_default())
}

pub fn insert(conn: &mut DbConnection, inquiry: InquiryId, memo: &Memo) -> QueryResult<usize> {
    let row = (
        counsel_memo::ccn_no.eq(inquiry.0),
        counsel_memo::seq.eq(memo.seq),
        counsel_memo::dtm.eq(memo.at.naive_utc()),
        counsel_memo::user_id.eq(&memo.by),
        counsel_memo::memo_cont.eq(&memo.text),
    );
    diesel::insert_into(counsel_memo::table).values(row).execute(conn)
}

/// Oldest first.
pub fn find(conn: &mut DbConnection, inquiry: InquiryId) -> QueryResult<Vec<Memo>> {
    let rows: Vec<(i32, NaiveDateTime, String, String)> = counsel_memo::table
        .filter(counsel_memo::ccn_no.eq(inquiry.0))
        .order(counsel_memo::seq)
        .select((counsel_memo::seq, counsel_memo::dtm, counsel_memo::user_id, counsel_memo::memo_cont))
        .load(conn)?;
    let memo =
        |(seq, at, by, text): (i32, NaiveDateTime, String, String)| Memo { seq, at: at.and_utc(), by, text };
    Ok(rows.into_iter().map(memo).collect())
}

/// Texts of memos about these inquiries.
pub fn find_texts(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
) -> QueryResult<Vec<(InquiryId, i32, String)>> {
    let ids: Vec<i64> = inquiries.map(|id| id.0).collect();
    let rows: Vec<(i64, i32, String)> = counsel_memo::table
        .filter(counsel_memo::ccn_no.eq_any(ids))
        .order((counsel_memo::ccn_no, counsel_memo::seq))
        .select((counsel_memo::ccn_no, counsel_memo::seq, counsel_memo::memo_cont))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, seq, text)| (InquiryId(id), seq, text)).collect())
}

pub fn update_text(conn: &mut DbConnection, inquiry: InquiryId, seq: i32, text: &str) -> QueryResult<usize> {
    diesel::update(counsel_memo::table.find((inquiry.0, seq)))
        .set(counsel_memo::memo_cont.eq(text))
        .execute(conn)
}
