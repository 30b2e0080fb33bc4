//! What a use case does: it writes messages in the transaction of their cause.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text, Timestamp};

use crate::connection::DbConnection;
use crate::schema::outbox_message;
use crate::time::column;

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

/// Messages that are in hand from the transaction on that writes them: whoever wrote them carries them out at once, and
/// no worker leases them before `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Who may finish them or give them back.
    pub owner: String,
    pub until: DateTime<Utc>,
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

/// Payloads of a topic after a message's key, in the order of the keys; so many at most.
pub fn payloads_after(
    conn: &mut DbConnection,
    topic: &str,
    after: &str,
    limit: i64,
) -> QueryResult<Vec<(String, String)>> {
    outbox_message::table
        .filter(outbox_message::topic.eq(topic))
        .filter(outbox_message::message_key.gt(after))
        .order(outbox_message::message_key)
        .limit(limit)
        .select((outbox_message::message_key, outbox_message::payload))
        .load(conn)
}

/// Writes the same message in other words, if it still waits in those it was made of.
pub fn replace_payload(conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
    diesel::update(outbox_message::table.find(key))
        .filter(outbox_message::payload.eq(from))
        .set(outbox_message::payload.eq(to))
        .execute(conn)
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
