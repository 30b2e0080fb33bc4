//! What a worker does: it leases messages and carries them out, or gives them back.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use crate::connection::{DbBackend, DbConnection};
use crate::schema::outbox_message;
use crate::time::{after, column};

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
    Ok(finish_all(conn, &[key], owner)? == 1)
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
    let updated = diesel::update(outbox_message::table.find(key))
        .filter(outbox_message::lease_owner.eq(owner))
        .set((
            given_back_at(next_try),
            outbox_message::last_reason.eq(reason),
            outbox_message::needs_attention.eq(needs_attention),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

/// Gives back everything `owner` holds, due at once: the last act of a worker that stops.
pub fn release_all(conn: &mut DbConnection, owner: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(outbox_message::table)
        .filter(outbox_message::lease_owner.eq(owner))
        .set(given_back_at(now))
        .execute(conn)
}

/// Gives back what anybody holds, due at once: for a process that starts as the only one on its database, when those
/// who held something can only be dead.
pub fn release_everything(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(outbox_message::table)
        .filter(outbox_message::lease_owner.is_not_null())
        .set(given_back_at(now))
        .execute(conn)
}

#[diesel::dsl::auto_type]
fn given_back_at(next_try: DateTime<Utc>) -> _ {
    let next_try: NaiveDateTime = column(next_try);
    let (nobody, never): (Option<&'static str>, Option<NaiveDateTime>) = (None, None);
    (
        outbox_message::lease_owner.eq(nobody),
        outbox_message::lease_until.eq(never),
        outbox_message::next_try_dtm.eq(next_try),
    )
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

// Every letter is leased: `cancels` of `make bench` measures it.
//
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
