//! 분리보관 개인정보 파기: what is past its date goes, for good.

use chrono::{DateTime, Utc};
use db::{Db, DbError};
use service_kit::housekeeping::delete_in_batches;
use service_kit::leave_no_trace::leave_no_trace;

use crate::store::PERSONAL_ARCHIVE;

/// Deletes archived personal data past its date; says of how many orders.
pub async fn purge_archive(db: &Db, now: DateTime<Utc>) -> Result<usize, DbError> {
    let purged = delete_in_batches(db, move |conn, most| PERSONAL_ARCHIVE.purge(conn, now, most)).await?;
    if let Err(error) = leave_no_trace(db).await {
        // The log holds ciphertext alone, and the service empties it in time.
        tracing::warn!(%error, "the database log still holds what was removed");
    }
    Ok(purged)
}
