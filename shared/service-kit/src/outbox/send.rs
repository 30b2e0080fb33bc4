//! 발신 메시지: what must happen after an answer is written down in the transaction of its cause.

use chrono::{DateTime, Utc};
use db::DbConnection;
use db::outbox::{self, NewMessage};
use diesel::QueryResult;
use platform::http_client::current_traceparent;

/// Sends a message when the running transaction commits. One whose key waits here already is not sent twice.
///
/// Whoever carries it out goes on with the trace of its cause.
pub fn send(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    topic: &str,
    key: &str,
    payload: &str,
) -> QueryResult<()> {
    send_at(conn, now, topic, key, payload, now)
}

/// As [`send`], but not before a time.
pub fn send_at(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    topic: &str,
    key: &str,
    payload: &str,
    not_before: DateTime<Utc>,
) -> QueryResult<()> {
    let traceparent = current_traceparent();
    let message = NewMessage { key, topic, payload, traceparent: traceparent.as_deref(), not_before };
    outbox::enqueue(conn, now, &message).map(drop)
}
