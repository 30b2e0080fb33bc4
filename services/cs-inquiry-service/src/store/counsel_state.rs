//! 상담 상태: asked every few seconds by every agent, so it is one statement over the keys of two tables.

use chrono::NaiveDateTime;
use commerce::InquiryStatus;
use db::{DbBackend, DbConnection};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use super::explained::Explained;
use crate::domain::counsel_state::CounselState;
use crate::domain::inquiry::InquiryId;
use crate::store::schema::{counsel, counsel_history};

type StateRow =
    (i64, InquiryStatus, Option<String>, Option<NaiveDateTime>, NaiveDateTime, Option<NaiveDateTime>);

/// Those of these inquiries that there are, in the order of their numbers.
pub fn find(conn: &mut DbConnection, ids: &[InquiryId]) -> QueryResult<Vec<CounselState>> {
    let rows: Vec<StateRow> = of(ids).load(conn)?;
    let state = |(id, status, agent, taken_at, changed_at, deleted_at): StateRow| CounselState {
        id: InquiryId(id),
        status,
        taken_at: agent.is_some().then_some(taken_at).flatten().map(|at| at.and_utc()),
        agent,
        changed_at: changed_at.and_utc(),
        is_deleted: deleted_at.is_some(),
    };
    Ok(rows.into_iter().map(state).collect())
}

/// How PostgreSQL would go about it.
pub fn explain(conn: &mut DbConnection, ids: &[InquiryId]) -> QueryResult<String> {
    let lines: Vec<String> = Explained(of(ids)).load(conn)?;
    Ok(lines.join("\n"))
}

type States = (BigInt, Text, Nullable<Text>, Nullable<Timestamp>, Timestamp, Nullable<Timestamp>);

fn of<'a>(ids: &[InquiryId]) -> counsel::BoxedQuery<'a, DbBackend, States> {
    // Whoever starts or is given an inquiry leaves such a step; a release goes back to 10, where nobody owns it.
    let taken_at = counsel_history::table
        .filter(counsel_history::ccn_no.eq(counsel::ccn_no))
        .filter(counsel_history::to_stat_cd.eq(InquiryStatus::InProgress))
        .select(max(counsel_history::dtm))
        .single_value();
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    counsel::table
        .filter(counsel::ccn_no.eq_any(ids))
        .order(counsel::ccn_no)
        .select((
            counsel::ccn_no,
            counsel::cnsl_stat_cd,
            counsel::proc_user_id,
            taken_at,
            counsel::mod_dtm,
            counsel::del_dtm,
        ))
        .into_boxed()
}
