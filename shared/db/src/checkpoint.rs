//! Old values leave SQLite's write-ahead log.

use crate::connection::DbConnection;
use crate::error::DbError;
use diesel::prelude::*;
use diesel::sql_types::Integer;

/// Moves what the write-ahead log holds into the database file and empties the log.
pub(crate) fn truncate_log(conn: &mut DbConnection) -> Result<(), DbError> {
    #[derive(QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = Integer)]
        busy: i32,
    }
    let outcome: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
    if outcome.busy == 0 { Ok(()) } else { Err(DbError::Busy) }
}
