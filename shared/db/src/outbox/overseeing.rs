//! What an operator does: looks at what waits, and sends on what was stuck.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{count, count_star, min};
use diesel::prelude::*;

use crate::connection::DbConnection;
use crate::each_backend;
use crate::schema::outbox_message;
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
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Waiting {
    pub key: String,
    /// Whether a try has come to nothing.
    pub has_failed: bool,
    pub needs_attention: bool,
}

/// A message that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Troubled {
    pub key: String,
    pub payload: String,
    /// How many times it was leased.
    pub tries: i32,
    /// Of the last try that failed.
    pub reason: Option<String>,
    pub needs_attention: bool,
}

/// A message that is not sent yet, and how that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub key: String,
    pub topic: String,
    pub payload: String,
    /// How many times it was leased.
    pub tries: i32,
    pub next_try: DateTime<Utc>,
    /// Of the last try that failed.
    pub reason: Option<String>,
    pub needs_attention: bool,
}

/// Counts what has not been sent yet.
pub fn backlog(conn: &mut DbConnection) -> QueryResult<Backlog> {
    let (waiting, needs_attention, oldest): (i64, i64, Option<NaiveDateTime>) =
        each_backend!(conn, |inner| outbox_message::table
            .select((
                count_star(),
                count(outbox_message::message_key).aggregate_filter(outbox_message::needs_attention),
                min(outbox_message::created_dtm),
            ))
            .first(inner))?;
    Ok(Backlog { waiting, needs_attention, oldest: oldest.map(|oldest| oldest.and_utc()) })
}

/// The messages of a topic that are not sent yet, in the order of their keys, `limit` at most.
pub fn list_waiting(conn: &mut DbConnection, topic: &str, limit: i64) -> QueryResult<Vec<Waiting>> {
    outbox_message::table
        .filter(outbox_message::topic.eq(topic))
        .order(outbox_message::message_key)
        .limit(limit)
        .select((
            outbox_message::message_key,
            outbox_message::last_reason.is_not_null(),
            outbox_message::needs_attention,
        ))
        .load(conn)
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
    let has_failed = outbox_message::last_reason.is_not_null().and(outbox_message::try_cnt.ge(tries));
    outbox_message::table
        .filter(outbox_message::topic.eq(topic))
        .filter(outbox_message::needs_attention.or(has_failed))
        .filter(outbox_message::message_key.gt(after))
        .order(outbox_message::message_key)
        .limit(limit)
        .select((
            outbox_message::message_key,
            outbox_message::payload,
            outbox_message::try_cnt,
            outbox_message::last_reason,
            outbox_message::needs_attention,
        ))
        .load(conn)
}

/// The messages with one of these payloads that are not sent yet, in the order of their keys.
pub fn list_unsent(conn: &mut DbConnection, payloads: &[&str]) -> QueryResult<Vec<Unsent>> {
    type Row = (String, String, String, i32, NaiveDateTime, Option<String>, bool);
    let rows: Vec<Row> = outbox_message::table
        .filter(outbox_message::payload.eq_any(payloads))
        .order(outbox_message::message_key)
        .select((
            outbox_message::message_key,
            outbox_message::topic,
            outbox_message::payload,
            outbox_message::try_cnt,
            outbox_message::next_try_dtm,
            outbox_message::last_reason,
            outbox_message::needs_attention,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(key, topic, payload, tries, next_try, reason, needs_attention)| Unsent {
            key,
            topic,
            payload,
            tries,
            next_try: next_try.and_utc(),
            reason,
            needs_attention,
        })
        .collect())
}

/// Why the last try of a message failed, where it waits here and has been tried.
pub fn last_reason(conn: &mut DbConnection, key: &str) -> QueryResult<Option<String>> {
    let reason: Option<Option<String>> =
        outbox_message::table.find(key).select(outbox_message::last_reason).first(conn).optional()?;
    Ok(reason.flatten())
}

/// Makes a message due at once, for an operator who has mended what was in its way. One in hand is left alone;
/// `false` when there is no such message, or somebody is at work on it.
pub fn make_due(conn: &mut DbConnection, key: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let is_idle = outbox_message::lease_until.is_null().or(outbox_message::lease_until.le(column(now)));
    let updated = diesel::update(outbox_message::table.find(key))
        .filter(is_idle)
        .set((outbox_message::next_try_dtm.eq(column(now)), outbox_message::needs_attention.eq(false)))
        .execute(conn)?;
    Ok(updated == 1)
}
