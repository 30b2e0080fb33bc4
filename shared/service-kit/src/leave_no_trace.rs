//! Old values must not stay behind in SQLite's log once they are overwritten or deleted.

use std::time::Duration;

use db::{Db, DbError};

/// How often the log is tried to be emptied before somebody else must do it, and how long apart.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

/// Empties the log, waiting for readers that still need it. PostgreSQL needs nothing of this.
pub async fn leave_no_trace(db: &Db) -> Result<(), DbError> {
    let mut tries_left = TRIES;
    loop {
        match db.checkpoint().await {
            Err(DbError::Busy) if tries_left > 1 => {
                tries_left -= 1;
                tokio::time::sleep(BETWEEN).await;
            }
            outcome => return outcome,
        }
    }
}
