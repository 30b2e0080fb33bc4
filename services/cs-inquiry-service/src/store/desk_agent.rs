//! 처리상담원: found in the history, one step of an index for each.

use chrono::{DateTime, NaiveDateTime, Utc};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::explained::Explained;
use crate::domain::desk_agent::DeskAgent;

/// Who has moved an inquiry since `since`, whoever did so last first.
pub fn find(conn: &mut DbConnection, since: DateTime<Utc>, limit: i64) -> QueryResult<Vec<DeskAgent>> {
    let rows: Vec<(String, NaiveDateTime, i64)> = Find { since: since.naive_utc(), limit }.load(conn)?;
    let agent = |(id, at, open): (String, NaiveDateTime, i64)| DeskAgent { id, acted_at: at.and_utc(), open };
    Ok(rows.into_iter().map(agent).collect())
}

/// How PostgreSQL would go about it.
pub fn explain(conn: &mut DbConnection, since: DateTime<Utc>) -> QueryResult<String> {
    let lines: Vec<String> = Explained(Find { since: since.naive_utc(), limit: 1_000 }).load(conn)?;
    Ok(lines.join("\n"))
}

// diesel has no recursion, by which an index is asked for one agent after the other instead of read. The acts and the state
// are written out, so that both indexes are known to hold them all.
db::statement! {
    struct Find {
        since: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    } -> (Text, Timestamp, BigInt)
    sql {
        "WITH RECURSIVE agent (user_id) AS (\
         SELECT min(user_id) FROM counsel_history WHERE act_cd IN ('START', 'RELEASE', 'ASSIGN', 'ANSWER') \
         UNION ALL SELECT (SELECT min(next.user_id) FROM counsel_history AS next \
         WHERE next.act_cd IN ('START', 'RELEASE', 'ASSIGN', 'ANSWER') AND next.user_id > agent.user_id) \
         FROM agent WHERE agent.user_id IS NOT NULL), \
         acted (user_id, dtm) AS (SELECT agent.user_id, (SELECT max(step.dtm) FROM counsel_history AS step \
         WHERE step.act_cd IN ('START', 'RELEASE', 'ASSIGN', 'ANSWER') AND step.user_id = agent.user_id) \
         FROM agent WHERE agent.user_id IS NOT NULL) \
         SELECT acted.user_id, acted.dtm, (SELECT count(*) FROM counsel \
         WHERE cnsl_stat_cd = '20' AND proc_user_id = acted.user_id) FROM acted WHERE acted.dtm >= " {since}
        " ORDER BY acted.dtm DESC, acted.user_id LIMIT " {limit}
    }
}
