//! 본문: what of a member's inquiries was written by people, and is looked through when it leaves.

use commerce::{FileNo, MemberNo};
use db::{DbConnection, for_update};
use diesel::prelude::*;

use crate::domain::inquiry::InquiryId;
use crate::domain::title_search::title_fold;
use crate::store::schema::{attachment, counsel};

/// The texts of one inquiry.
pub struct FreeTexts {
    pub id: InquiryId,
    pub title: String,
    pub content: String,
    /// As it is stored: where variables stand in it, with these.
    pub answer: Option<String>,
}

/// Texts of up to `limit` of a member's inquiries behind `after`, locked in the order of their numbers.
pub fn lock_page(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    after: InquiryId,
    limit: i64,
) -> QueryResult<Vec<FreeTexts>> {
    type Row = (i64, String, String, Option<String>);
    let page = counsel::table
        .filter(counsel::mbr_no.eq(member_no))
        .filter(counsel::ccn_no.gt(after.0))
        .filter(counsel::del_dtm.is_null())
        .order(counsel::ccn_no)
        .limit(limit)
        .select((counsel::ccn_no, counsel::title, counsel::accp_cont, counsel::ans_cont));
    let rows: Vec<Row> = for_update!(conn, page, |query, inner| query.load(inner))?;
    let texts = rows.into_iter().map(|(id, title, content, answer)| FreeTexts {
        id: InquiryId(id),
        title,
        content,
        answer,
    });
    Ok(texts.collect())
}

/// Puts other texts in the place of those that were there. It is no change of the member's, so its time stays.
pub fn update(conn: &mut DbConnection, texts: &FreeTexts) -> QueryResult<usize> {
    diesel::update(counsel::table.find(texts.id.0))
        .set((
            counsel::title.eq(&texts.title),
            counsel::title_fold.eq(title_fold(&texts.title)),
            counsel::accp_cont.eq(&texts.content),
            counsel::ans_cont.eq(&texts.answer),
        ))
        .execute(conn)
}

/// The names of these inquiries' files.
pub fn find_file_names(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
) -> QueryResult<Vec<(FileNo, String)>> {
    let ids: Vec<Option<i64>> = inquiries.map(|id| Some(id.0)).collect();
    attachment::table
        .filter(attachment::ccn_no.eq_any(ids))
        .order(attachment::file_no)
        .select((attachment::file_no, attachment::file_nm))
        .load(conn)
}

pub fn update_file_name(conn: &mut DbConnection, file_no: &FileNo, name: &str) -> QueryResult<usize> {
    diesel::update(attachment::table.find(file_no)).set(attachment::file_nm.eq(name)).execute(conn)
}
