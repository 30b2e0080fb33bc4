//! 상담 건수: what an agent works on and has answered, and what waits the longest.

use chrono::{DateTime, NaiveDateTime, Utc};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::explained::Explained;
use super::list_terms::narrow_common;
use crate::domain::counsel_list::ListFilter;
use crate::domain::counsel_state::Own;
use crate::store::schema::counsel;

/// What is an agent's own, of answers those since `since`.
pub fn find_own(conn: &mut DbConnection, agent: &str, since: DateTime<Utc>) -> QueryResult<Own> {
    let (open, answered_since, drafts) = FindOwn { agent, since: since.naive_utc() }.get_result(conn)?;
    Ok(Own { open, answered_since, drafts })
}

/// How many inquiries an agent works on.
pub fn find_open(conn: &mut DbConnection, agent: &str) -> QueryResult<i64> {
    let (open,): (i64,) = FindOpen { agent }.get_result(conn)?;
    Ok(open)
}

/// How PostgreSQL would go about it.
pub fn explain_own(conn: &mut DbConnection, agent: &str, since: DateTime<Utc>) -> QueryResult<String> {
    let lines: Vec<String> = Explained(FindOwn { agent, since: since.naive_utc() }).load(conn)?;
    Ok(lines.join("\n"))
}

/// When the oldest inquiry that fits was received.
pub fn find_oldest(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<Option<DateTime<Utc>>> {
    let live = counsel::table.filter(counsel::del_dtm.is_null()).select(counsel::accp_dtm).into_boxed();
    let oldest: Option<NaiveDateTime> = narrow_common!(live, filter, counsel)
        .order((counsel::accp_dtm, counsel::ccn_no))
        .first(conn)
        .optional()?;
    Ok(oldest.map(|at| at.and_utc()))
}

// The state is written out here and below: a bound one would not tell a database that the index of those in process holds
// them all.
db::statement! {
    struct FindOpen<'a> {
        agent: &'a str = Text,
    } -> (BigInt)
    sql { "SELECT count(*) FROM counsel WHERE cnsl_stat_cd = '20' AND proc_user_id = " {agent} }
}

db::statement! {
    struct FindOwn<'a> {
        agent: &'a str = Text,
        since: NaiveDateTime = Timestamp,
    } -> (BigInt, BigInt, BigInt)
    sql {
        "SELECT (SELECT count(*) FROM counsel WHERE cnsl_stat_cd = '20' AND proc_user_id = " {agent}
        "), (SELECT count(*) FROM counsel WHERE ans_user_id = " {agent} " AND ans_dtm >= " {since}
        "), (SELECT count(*) FROM counsel_answer_draft WHERE user_id = " {agent} ")"
    }
}
