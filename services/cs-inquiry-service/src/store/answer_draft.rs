//! 답변 초안

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{InquiryStatus, MemberNo};
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use crate::domain::answer_draft::{DraftSummary, DraftText, SavedDraft};
use crate::domain::inquiry::InquiryId;
use crate::store::schema::{counsel, counsel_answer_draft};

pub fn find(conn: &mut DbConnection, agent: &str, inquiry: InquiryId) -> QueryResult<Option<SavedDraft>> {
    let row: Option<DraftRow> = counsel_answer_draft::table
        .find((agent, inquiry.0))
        .select(DraftRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(SavedDraft::from))
}

/// An agent's own with what they are about, those changed last first.
pub fn find_of_agent(conn: &mut DbConnection, agent: &str, limit: i64) -> QueryResult<Vec<DraftSummary>> {
    type Row = (i64, MemberNo, String, InquiryStatus, Option<String>, NaiveDateTime);
    let rows: Vec<Row> = counsel_answer_draft::table
        .inner_join(counsel::table)
        .filter(counsel_answer_draft::user_id.eq(agent))
        .order((counsel_answer_draft::mod_dtm.desc(), counsel_answer_draft::ccn_no.desc()))
        .limit(limit)
        .select((
            counsel::ccn_no,
            counsel::mbr_no,
            counsel::title,
            counsel::cnsl_stat_cd,
            counsel::proc_user_id,
            counsel_answer_draft::mod_dtm,
        ))
        .load(conn)?;
    let summary = |(id, member_no, title, status, agent, changed_at): Row| DraftSummary {
        inquiry: InquiryId(id),
        member_no,
        title,
        status,
        agent,
        changed_at: changed_at.and_utc(),
    };
    Ok(rows.into_iter().map(summary).collect())
}

pub fn count(conn: &mut DbConnection, agent: &str) -> QueryResult<i64> {
    counsel_answer_draft::table.filter(counsel_answer_draft::user_id.eq(agent)).count().get_result(conn)
}

/// Puts a draft down in the place of the one before it. The caller holds the inquiry's row.
pub fn save(conn: &mut DbConnection, agent: &str, draft: &SavedDraft) -> QueryResult<usize> {
    let values = (
        counsel_answer_draft::ans_cont.eq(&draft.content.text),
        counsel_answer_draft::tmpl_no.eq(draft.content.template_id),
        counsel_answer_draft::draft_ver.eq(draft.version),
        counsel_answer_draft::mod_dtm.eq(draft.changed_at.naive_utc()),
    );
    let key = (counsel_answer_draft::user_id.eq(agent), counsel_answer_draft::ccn_no.eq(draft.inquiry.0));
    each_backend!(conn, |inner| diesel::insert_into(counsel_answer_draft::table)
        .values((key, values))
        .on_conflict((counsel_answer_draft::user_id, counsel_answer_draft::ccn_no))
        .do_update()
        .set(values)
        .execute(inner))
}

pub fn delete(conn: &mut DbConnection, agent: &str, inquiry: InquiryId) -> QueryResult<bool> {
    Ok(diesel::delete(counsel_answer_draft::table.find((agent, inquiry.0))).execute(conn)? == 1)
}

/// Removes up to `limit` drafts that nobody has changed since `before`.
pub fn delete_before(conn: &mut DbConnection, before: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    DeleteBefore { before: before.naive_utc(), limit }.execute(conn)
}

/// Texts of drafts about these inquiries, by agent.
pub fn find_texts(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
) -> QueryResult<Vec<(String, InquiryId, String)>> {
    let ids: Vec<i64> = inquiries.map(|id| id.0).collect();
    let rows: Vec<(String, i64, String)> = counsel_answer_draft::table
        .filter(counsel_answer_draft::ccn_no.eq_any(ids))
        .order((counsel_answer_draft::ccn_no, counsel_answer_draft::user_id))
        .select((counsel_answer_draft::user_id, counsel_answer_draft::ccn_no, counsel_answer_draft::ans_cont))
        .load(conn)?;
    Ok(rows.into_iter().map(|(agent, id, text)| (agent, InquiryId(id), text)).collect())
}

/// Puts another text in its place. It is no change of the agent's, so its version stays.
pub fn update_text(
    conn: &mut DbConnection,
    agent: &str,
    inquiry: InquiryId,
    text: &str,
) -> QueryResult<usize> {
    diesel::update(counsel_answer_draft::table.find((agent, inquiry.0)))
        .set(counsel_answer_draft::ans_cont.eq(text))
        .execute(conn)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel_answer_draft)]
struct DraftRow {
    ccn_no: i64,
    ans_cont: String,
    tmpl_no: Option<i64>,
    draft_ver: i64,
    mod_dtm: NaiveDateTime,
}

impl From<DraftRow> for SavedDraft {
    fn from(row: DraftRow) -> Self {
        Self {
            inquiry: InquiryId(row.ccn_no),
            content: DraftText { text: row.ans_cont, template_id: row.tmpl_no },
            version: row.draft_ver,
            changed_at: row.mod_dtm.and_utc(),
        }
    }
}

// The condition stands outside once more: a draft may be changed between the two looks. diesel has no `IN` of several
// columns.
db::statement! {
    struct DeleteBefore {
        before: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM counsel_answer_draft WHERE mod_dtm < " {before}
        " AND (user_id, ccn_no) IN (SELECT user_id, ccn_no FROM counsel_answer_draft WHERE mod_dtm < " {before}
        " ORDER BY mod_dtm, user_id, ccn_no LIMIT " {limit} ")"
    }
}
