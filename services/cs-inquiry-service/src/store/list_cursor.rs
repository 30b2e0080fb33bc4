//! Where an agent's pages of a list ended.

use chrono::{DateTime, NaiveDateTime, Utc};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::domain::counsel_list::Place;
use crate::domain::inquiry::InquiryId;

/// One page of one agent's list. The digest stands for the filter and the size of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub agent: String,
    pub list_digest: String,
    pub page_no: i64,
}

/// Where the page ended when the agent saw it, unless that was before `since`.
pub fn find(conn: &mut DbConnection, page: &Page, since: DateTime<Utc>) -> QueryResult<Option<Place>> {
    let row: Option<(NaiveDateTime, i64)> = Find {
        agent: &page.agent,
        list_digest: &page.list_digest,
        page_no: page.page_no,
        since: since.naive_utc(),
    }
    .get_result(conn)
    .optional()?;
    Ok(row.map(|(at, id)| Place { accepted_at: at.and_utc(), id: InquiryId(id) }))
}

/// Remembers where a page ended. The first page begins anew: what was seen behind it before no longer counts.
pub fn save(
    conn: &mut DbConnection,
    page: &Page,
    last: Option<Place>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let (agent, list_digest) = (page.agent.as_str(), page.list_digest.as_str());
    if page.page_no == 1 {
        DeleteList { agent, list_digest }.execute(conn)?;
    }
    if let Some(last) = last {
        Save {
            agent,
            list_digest,
            page_no: page.page_no,
            last_at: last.accepted_at.naive_utc(),
            last_id: last.id.0,
            now: now.naive_utc(),
        }
        .execute(conn)?;
    }
    Ok(())
}

/// Forgets pages seen before `before`, so many at most.
pub fn purge_before(conn: &mut DbConnection, before: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    PurgeBefore { before: before.naive_utc(), limit }.execute(conn)
}

db::statement! {
    /// `make bench` measures these three (`inquiries`): every page of the agents' list looks up and saves where it ends.
    struct Find<'a> {
        agent: &'a str = Text,
        list_digest: &'a str = Text,
        page_no: i64 = BigInt,
        since: NaiveDateTime = Timestamp,
    } -> (Timestamp, BigInt)
    sql {
        "SELECT last_dtm, last_ccn_no FROM list_cursor WHERE user_id = " {agent} " AND list_digest = " {list_digest}
        " AND page_no = " {page_no} " AND seen_dtm >= " {since}
    }
}

db::statement! {
    struct DeleteList<'a> {
        agent: &'a str = Text,
        list_digest: &'a str = Text,
    }
    sql { "DELETE FROM list_cursor WHERE user_id = " {agent} " AND list_digest = " {list_digest} }
}

db::statement! {
    struct Save<'a> {
        agent: &'a str = Text,
        list_digest: &'a str = Text,
        page_no: i64 = BigInt,
        last_at: NaiveDateTime = Timestamp,
        last_id: i64 = BigInt,
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO list_cursor (user_id, list_digest, page_no, last_dtm, last_ccn_no, seen_dtm) VALUES ("
        {agent} ", " {list_digest} ", " {page_no} ", " {last_at} ", " {last_id} ", " {now}
        ") ON CONFLICT (user_id, list_digest, page_no) DO UPDATE SET last_dtm = excluded.last_dtm, \
         last_ccn_no = excluded.last_ccn_no, seen_dtm = excluded.seen_dtm"
    }
}

// The condition stands outside once more: a page may be seen again between the two looks. diesel has no `IN` of several
// columns.
db::statement! {
    struct PurgeBefore {
        before: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM list_cursor WHERE seen_dtm < " {before}
        " AND (user_id, list_digest, page_no) IN (SELECT user_id, list_digest, page_no FROM list_cursor \
         WHERE seen_dtm < " {before} " ORDER BY seen_dtm, user_id, list_digest, page_no LIMIT " {limit} ")"
    }
}
