//! Messages a service has already taken in.

use crate::connection::DbConnection;
use crate::each_backend;
use crate::schema::inbox_message;
use crate::time::column;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Records a message; `true` exactly once per key.
///
/// Call it inside the [`Db::write`](crate::Db::write) of the effect: a message whose effect was rolled
/// back is then new again. On PostgreSQL a second receiver waits here until the first has decided.
pub fn first_time(conn: &mut DbConnection, now: DateTime<Utc>, key: &str) -> QueryResult<bool> {
    let taken = each_backend!(conn, |inner| diesel::insert_into(inbox_message::table)
        .values((inbox_message::message_key.eq(key), inbox_message::received_dtm.eq(column(now))))
        .on_conflict_do_nothing()
        .execute(inner))?;
    Ok(taken == 1)
}

/// Forgets messages taken in before `at`, so many at most; choose it well beyond the longest time a sender may repeat.
pub fn purge_before(conn: &mut DbConnection, at: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    let known = diesel::alias!(inbox_message as known);
    let (key, received) = (known.field(inbox_message::message_key), known.field(inbox_message::received_dtm));
    let past = known.filter(received.lt(column(at))).order((received, key)).limit(limit).select(key);
    diesel::delete(inbox_message::table).filter(inbox_message::message_key.eq_any(past)).execute(conn)
}
