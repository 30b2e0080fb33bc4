//! What an operator does: looks at what waits, and sends on what was stuck.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};

use crate::connection::DbConnection;
use crate::time::column;

/// What has not been sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// All messages, due or not.
    pub waiting: i64,
    /// Those among them that someone should look at.
    pub needs_attention: i64,
    /// When the oldest one was written.
    pub oldest: Option<DateTime<Utc>>,
}

/// A message that waits here, or is in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub key: String,
    /// Whether a try has come to nothing.
    pub has_failed: bool,
    pub needs_attention: bool,
}

/// A message that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Troubled {
    pub key: String,
    pub payload: String,
    /// How many times it was leased.
    pub tries: i32,
    /// Of the last try that failed.
    pub reason: Option<String>,
    pub needs_attention: bool,
}

/// Counts what has not been sent yet.
pub fn backlog(conn: &mut DbConnection) -> QueryResult<Backlog> {
    let (waiting, needs_attention, oldest): (i64, i64, Option<NaiveDateTime>) =
        CountBacklog {}.get_result(conn)?;
    Ok(Backlog { waiting, needs_attention, oldest: oldest.map(|oldest| oldest.and_utc()) })
}

/// The messages of a topic that are not sent yet, in the order of their keys, `limit` at most.
pub fn list_waiting(conn: &mut DbConnection, topic: &str, limit: i64) -> QueryResult<Vec<Waiting>> {
    let rows: Vec<(String, bool, bool)> = ListWaiting { topic, limit }.load(conn)?;
    let waiting = |(key, has_failed, needs_attention)| Waiting { key, has_failed, needs_attention };
    Ok(rows.into_iter().map(waiting).collect())
}

/// The messages of a topic that need attention or failed after so many tries, after a key and in the order of their keys,
/// `limit` at most.
pub fn list_troubled(
    conn: &mut DbConnection,
    topic: &str,
    tries: i32,
    after: &str,
    limit: i64,
) -> QueryResult<Vec<Troubled>> {
    let rows: Vec<(String, String, i32, Option<String>, bool)> =
        ListTroubled { topic, tries, after, limit }.load(conn)?;
    let troubled = |(key, payload, tries, reason, needs_attention)| Troubled {
        key,
        payload,
        tries,
        reason,
        needs_attention,
    };
    Ok(rows.into_iter().map(troubled).collect())
}

/// Why the last try of a message failed, where it waits here and has been tried.
pub fn last_reason(conn: &mut DbConnection, key: &str) -> QueryResult<Option<String>> {
    let row: Option<(Option<String>,)> = FindReason { key }.get_result(conn).optional()?;
    Ok(row.and_then(|(reason,)| reason))
}

/// Makes a message due at once, for an operator who has mended what was in its way. One in hand is left alone;
/// `false` when there is no such message, or somebody is at work on it.
pub fn make_due(conn: &mut DbConnection, key: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    Ok(MakeDue { next_try: column(now), key, now: column(now) }.execute(conn)? == 1)
}

crate::statement! {
    struct CountBacklog {} -> (BigInt, BigInt, Nullable<Timestamp>)
    sql { "SELECT count(*), count(*) FILTER (WHERE needs_attention), min(created_dtm) FROM outbox_message" }
}

crate::statement! {
    struct ListWaiting<'a> {
        topic: &'a str = Text,
        limit: i64 = BigInt,
    } -> (Text, Bool, Bool)
    sql {
        "SELECT message_key, last_reason IS NOT NULL, needs_attention FROM outbox_message WHERE topic = " {topic}
        " ORDER BY message_key LIMIT " {limit}
    }
}

crate::statement! {
    struct ListTroubled<'a> {
        topic: &'a str = Text,
        tries: i32 = Integer,
        after: &'a str = Text,
        limit: i64 = BigInt,
    } -> (Text, Text, Integer, Nullable<Text>, Bool)
    sql {
        "SELECT message_key, payload, try_cnt, last_reason, needs_attention FROM outbox_message WHERE topic = " {topic}
        " AND (needs_attention OR (last_reason IS NOT NULL AND try_cnt >= " {tries} ")) AND message_key > " {after}
        " ORDER BY message_key LIMIT " {limit}
    }
}

crate::statement! {
    struct FindReason<'a> {
        key: &'a str = Text,
    } -> (Nullable<Text>,)
    sql { "SELECT last_reason FROM outbox_message WHERE message_key = " {key} }
}

crate::statement! {
    struct MakeDue<'a> {
        next_try: NaiveDateTime = Timestamp,
        key: &'a str = Text,
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "UPDATE outbox_message SET next_try_dtm = " {next_try} ", needs_attention = FALSE WHERE message_key = " {key}
        " AND (lease_until IS NULL OR lease_until <= " {now} ")"
    }
}
