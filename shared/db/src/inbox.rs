//! Messages a service has already taken in.

use crate::connection::DbConnection;
use crate::time::column;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

/// Records a message; `true` exactly once per key.
///
/// Call it inside the [`Db::write`](crate::Db::write) of the effect: a message whose effect was rolled
/// back is then new again. On PostgreSQL a second receiver waits here until the first has decided.
pub fn first_time(conn: &mut DbConnection, now: DateTime<Utc>, key: &str) -> QueryResult<bool> {
    Ok(TakeIn { message_key: key, received_dtm: column(now) }.execute(conn)? == 1)
}

/// Forgets messages taken in before `at`, so many at most; choose it well beyond the longest time a sender may repeat.
pub fn purge_before(conn: &mut DbConnection, at: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    PurgeBefore { at: column(at), limit }.execute(conn)
}

crate::statement! {
    struct TakeIn<'a> {
        message_key: &'a str = Text,
        received_dtm: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO inbox_message (message_key, received_dtm) VALUES (" {message_key} ", " {received_dtm}
        ") ON CONFLICT (message_key) DO NOTHING"
    }
}

crate::statement! {
    struct PurgeBefore {
        at: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM inbox_message WHERE message_key IN (SELECT message_key FROM inbox_message WHERE received_dtm < " {at}
        " ORDER BY received_dtm, message_key LIMIT " {limit} ")"
    }
}
