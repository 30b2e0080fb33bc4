//! Messages that leave a service after its transaction.
//!
//! A use case writes a message in the transaction of its change; a worker leases due messages, sends
//! them and finishes them. A message may be sent twice (a worker can die between sending and finishing),
//! so its key is stable and the receiver takes every key once, through [`inbox`](crate::inbox).
//! A key is unique only while its row is here.

use crate::connection::{DbBackend, DbConnection};
use crate::time::{after, column};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};
use std::time::Duration;

/// A message to be sent.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// Unique and stable: made of what the message is about, never of a row number or the time.
    pub key: &'a str,
    pub topic: &'a str,
    pub payload: &'a str,
    pub traceparent: Option<&'a str>,
    pub not_before: DateTime<Utc>,
}

/// A leased message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: String,
    pub topic: String,
    pub payload: String,
    pub traceparent: Option<String>,
    /// How many times it was leased, this time included.
    pub try_count: i32,
    pub created_at: DateTime<Utc>,
}

/// Messages that are in hand from the transaction on that writes them: whoever wrote them carries them out at once, and
/// no worker leases them before `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Who may finish them or give them back.
    pub owner: String,
    pub until: DateTime<Utc>,
}

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

/// Payloads of a topic after a message's key, in the order of the keys; so many at most.
pub fn payloads_after(
    conn: &mut DbConnection,
    topic: &str,
    after: &str,
    limit: i64,
) -> QueryResult<Vec<(String, String)>> {
    PayloadsAfter { topic, after, limit }.load(conn)
}

/// Writes the same message in other words, if it still waits in those it was made of.
pub fn replace_payload(conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
    ReplacePayload { to, key, from }.execute(conn)
}

/// Adds a message to the running transaction; `false` when its key already waits here.
pub fn enqueue(conn: &mut DbConnection, now: DateTime<Utc>, message: &NewMessage<'_>) -> QueryResult<bool> {
    Ok(enqueue_all(conn, now, std::slice::from_ref(message), None)? == 1)
}

/// Adds messages to the running transaction, due or in hand already, and says how many of their keys were new here.
///
/// What is held counts as leased once.
pub fn enqueue_all(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    messages: &[NewMessage<'_>],
    hold: Option<&Hold>,
) -> QueryResult<usize> {
    let rows: Vec<NewRow<'_>> = messages
        .iter()
        .map(|message| NewRow {
            message_key: message.key,
            topic: message.topic,
            payload: message.payload,
            traceparent: message.traceparent,
            created_dtm: column(now),
            next_try_dtm: column(message.not_before),
            try_cnt: i32::from(hold.is_some()),
            lease_owner: hold.map(|hold| hold.owner.as_str()),
            lease_until: hold.map(|hold| column(hold.until)),
        })
        .collect();
    NewRow::insert_all(conn, &rows)
}

/// Takes up to `limit` due messages for `lease_for`, the longest due first. Call it inside
/// [`Db::write`](crate::Db::write).
///
/// Nobody else gets them until they are finished, given back or the lease is over. `owner` names one
/// worker of one process; it must not lease again while it still handles what it leased before, since
/// two leases under one name cannot be told apart.
pub fn lease(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    owner: &str,
    lease_for: Duration,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    let (now, lease_until) = (column(now), column(after(now, lease_for)));
    let mut rows: Vec<LeasedRow> = match conn {
        #[cfg(feature = "postgres")]
        DbConnection::Postgres(_) => LeaseOnPostgres { owner, lease_until, now, limit }.load(conn)?,
        DbConnection::Sqlite(_) => LeaseOnSqlite { owner, lease_until, now, limit }.load(conn)?,
    };
    // RETURNING promises no order.
    rows.sort_by(|one, other| {
        (one.next_try_dtm, &one.message_key).cmp(&(other.next_try_dtm, &other.message_key))
    });
    Ok(rows.into_iter().map(Message::from).collect())
}

/// Removes a sent message; `false` when `owner` no longer holds it.
pub fn finish(conn: &mut DbConnection, key: &str, owner: &str) -> QueryResult<bool> {
    Ok(Finish { key, owner }.execute(conn)? == 1)
}

/// Removes sent messages, as far as `owner` still holds them.
pub fn finish_all(conn: &mut DbConnection, keys: &[&str], owner: &str) -> QueryResult<usize> {
    let mut finished: usize = 0;
    for batch in keys.chunks(crate::ROWS_AT_ONCE) {
        finished = finished.saturating_add(FinishAll { keys: batch, owner }.execute(conn)?);
    }
    Ok(finished)
}

/// Gives a message back for a later try; `false` when `owner` no longer holds it.
///
/// `reason` is kept for whoever looks after the service and must hold no personal data.
pub fn retry_later(
    conn: &mut DbConnection,
    key: &str,
    owner: &str,
    next_try: DateTime<Utc>,
    reason: &str,
    needs_attention: bool,
) -> QueryResult<bool> {
    let updated =
        RetryLater { next_try: column(next_try), reason, needs_attention, key, owner }.execute(conn)?;
    Ok(updated == 1)
}

/// Gives back everything `owner` holds, due at once: the last act of a worker that stops.
pub fn release_all(conn: &mut DbConnection, owner: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    ReleaseAll { now: column(now), owner }.execute(conn)
}

/// Gives back what anybody holds, due at once: for a process that starts as the only one on its database, when those
/// who held something can only be dead.
pub fn release_everything(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    ReleaseEverything { now: column(now) }.execute(conn)
}

/// Makes a message due at once, for an operator who has mended what was in its way. One in hand is left alone;
/// `false` when there is no such message, or somebody is at work on it.
pub fn make_due(conn: &mut DbConnection, key: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    Ok(MakeDue { next_try: column(now), key, now: column(now) }.execute(conn)? == 1)
}

/// A message that waits here, or is in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub key: String,
    /// Whether a try has come to nothing.
    pub has_failed: bool,
    pub needs_attention: bool,
}

/// The messages of a topic that are not sent yet, in the order of their keys, `limit` at most.
pub fn list_waiting(conn: &mut DbConnection, topic: &str, limit: i64) -> QueryResult<Vec<Waiting>> {
    let rows: Vec<(String, bool, bool)> = ListWaiting { topic, limit }.load(conn)?;
    let waiting = |(key, has_failed, needs_attention)| Waiting { key, has_failed, needs_attention };
    Ok(rows.into_iter().map(waiting).collect())
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

/// Counts what has not been sent yet.
pub fn backlog(conn: &mut DbConnection) -> QueryResult<Backlog> {
    let (waiting, needs_attention, oldest): (i64, i64, Option<NaiveDateTime>) =
        CountBacklog {}.get_result(conn)?;
    Ok(Backlog { waiting, needs_attention, oldest: oldest.map(|oldest| oldest.and_utc()) })
}

#[derive(Queryable)]
struct LeasedRow {
    message_key: String,
    topic: String,
    payload: String,
    traceparent: Option<String>,
    try_cnt: i32,
    created_dtm: NaiveDateTime,
    next_try_dtm: NaiveDateTime,
}

impl From<LeasedRow> for Message {
    fn from(row: LeasedRow) -> Self {
        Self {
            key: row.message_key,
            topic: row.topic,
            payload: row.payload,
            traceparent: row.traceparent,
            try_count: row.try_cnt,
            created_at: row.created_dtm.and_utc(),
        }
    }
}

crate::insert_rows! {
    struct NewRow<'a> into "outbox_message" {
        message_key: &'a str = Text,
        topic: &'a str = Text,
        payload: &'a str = Text,
        traceparent: Option<&'a str> = Nullable<Text>,
        created_dtm: NaiveDateTime = Timestamp,
        next_try_dtm: NaiveDateTime = Timestamp,
        try_cnt: i32 = Integer,
        lease_owner: Option<&'a str> = Nullable<Text>,
        lease_until: Option<NaiveDateTime> = Nullable<Timestamp>,
    }
    then "ON CONFLICT (message_key) DO NOTHING"
}

// Workers step over rows that another one is just leasing. The ARRAY makes the inner query run exactly
// once; a plain IN may run it again and lock more rows than it was asked for.
#[cfg(feature = "postgres")]
crate::statement! {
    struct LeaseOnPostgres<'a> {
        owner: &'a str = Text,
        lease_until: NaiveDateTime = Timestamp,
        now: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    } -> (Text, Text, Text, Nullable<Text>, Integer, Timestamp, Timestamp)
    sql {
        "UPDATE outbox_message SET lease_owner = " {owner} ", lease_until = " {lease_until}
        ", try_cnt = try_cnt + 1 WHERE message_key = ANY(ARRAY(SELECT message_key FROM outbox_message \
         WHERE next_try_dtm <= " {now} " AND (lease_until IS NULL OR lease_until <= " {now}
        ") ORDER BY next_try_dtm, message_key LIMIT " {limit}
        " FOR UPDATE SKIP LOCKED)) \
         RETURNING message_key, topic, payload, traceparent, try_cnt, created_dtm, next_try_dtm"
    }
}

crate::statement! {
    struct LeaseOnSqlite<'a> {
        owner: &'a str = Text,
        lease_until: NaiveDateTime = Timestamp,
        now: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    } -> (Text, Text, Text, Nullable<Text>, Integer, Timestamp, Timestamp)
    sql {
        "UPDATE outbox_message SET lease_owner = " {owner} ", lease_until = " {lease_until}
        ", try_cnt = try_cnt + 1 WHERE message_key IN (SELECT message_key FROM outbox_message \
         WHERE next_try_dtm <= " {now} " AND (lease_until IS NULL OR lease_until <= " {now}
        ") ORDER BY next_try_dtm, message_key LIMIT " {limit}
        ") RETURNING message_key, topic, payload, traceparent, try_cnt, created_dtm, next_try_dtm"
    }
}

crate::statement! {
    struct Finish<'a> {
        key: &'a str = Text,
        owner: &'a str = Text,
    }
    sql { "DELETE FROM outbox_message WHERE message_key = " {key} " AND lease_owner = " {owner} }
}

/// Its text depends on the number of keys, and tells a connection which statement it is.
#[derive(Debug)]
struct FinishAll<'a> {
    keys: &'a [&'a str],
    owner: &'a str,
}

impl QueryFragment<DbBackend> for FinishAll<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("DELETE FROM outbox_message WHERE lease_owner = ");
        out.push_bind_param::<Text, _>(&self.owner)?;
        let mut opening = " AND message_key IN (";
        for key in self.keys {
            out.push_sql(opening);
            out.push_bind_param::<Text, _>(key)?;
            opening = ", ";
        }
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for FinishAll<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<DbConnection> for FinishAll<'_> {}

crate::statement! {
    struct RetryLater<'a> {
        next_try: NaiveDateTime = Timestamp,
        reason: &'a str = Text,
        needs_attention: bool = Bool,
        key: &'a str = Text,
        owner: &'a str = Text,
    }
    sql {
        "UPDATE outbox_message SET lease_owner = NULL, lease_until = NULL, next_try_dtm = " {next_try}
        ", last_reason = " {reason} ", needs_attention = " {needs_attention}
        " WHERE message_key = " {key} " AND lease_owner = " {owner}
    }
}

crate::statement! {
    struct ReleaseAll<'a> {
        now: NaiveDateTime = Timestamp,
        owner: &'a str = Text,
    }
    sql {
        "UPDATE outbox_message SET lease_owner = NULL, lease_until = NULL, next_try_dtm = " {now}
        " WHERE lease_owner = " {owner}
    }
}

crate::statement! {
    struct ReleaseEverything {
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "UPDATE outbox_message SET lease_owner = NULL, lease_until = NULL, next_try_dtm = " {now}
        " WHERE lease_owner IS NOT NULL"
    }
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

crate::statement! {
    struct FindReason<'a> {
        key: &'a str = Text,
    } -> (Nullable<Text>,)
    sql { "SELECT last_reason FROM outbox_message WHERE message_key = " {key} }
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
    struct CountBacklog {} -> (BigInt, BigInt, Nullable<Timestamp>)
    sql { "SELECT count(*), count(*) FILTER (WHERE needs_attention), min(created_dtm) FROM outbox_message" }
}

crate::statement! {
    struct PayloadsAfter<'a> {
        topic: &'a str = Text,
        after: &'a str = Text,
        limit: i64 = BigInt,
    } -> (Text, Text)
    sql {
        "SELECT message_key, payload FROM outbox_message WHERE topic = " {topic} " AND message_key > " {after}
        " ORDER BY message_key LIMIT " {limit}
    }
}

crate::statement! {
    struct ReplacePayload<'a> {
        to: &'a str = Text,
        key: &'a str = Text,
        from: &'a str = Text,
    }
    sql { "UPDATE outbox_message SET payload = " {to} " WHERE message_key = " {key} " AND payload = " {from} }
}
