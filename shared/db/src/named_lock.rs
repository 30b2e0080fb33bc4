//! A lock on what has no row of its own.

use diesel::prelude::*;

use crate::connection::DbConnection;

/// Waits until nobody else holds this name, and holds it until the transaction ends. Inside
/// [`Db::write`](crate::Db::write) only.
///
/// PostgreSQL takes an advisory lock, one for each schema; on SQLite the write transaction already excludes every other
/// writer. Whoever holds several takes them in the order of their names, and before the rows they guard.
#[cfg_attr(not(feature = "postgres"), expect(unused_variables, reason = "SQLite needs nothing of this"))]
pub fn hold(conn: &mut DbConnection, name: &str) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "postgres")]
        DbConnection::Postgres(_) => Hold { name }.execute(conn).map(drop),
        DbConnection::Sqlite(_) => Ok(()),
    }
}

// A function that only one of the databases has.
#[cfg(feature = "postgres")]
crate::statement! {
    struct Hold<'a> {
        name: &'a str = diesel::sql_types::Text,
    }
    sql { "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ':' || " {name} ", 0))" }
}
