//! 분리보관 개인정보 파기: what is past its date goes, for good.

use chrono::{DateTime, Utc};
use db::{Db, DbError};
use service_kit::error::Error;

use crate::store::archive;
use crate::usecase::leave_no_trace::leave_no_trace;

/// Deletes archived personal data past its date; says of how many orders.
pub async fn purge_archive(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    let purged = db.write(move |conn| archive::purge(conn, now).map_err(DbError::from)).await?;
    leave_no_trace(db).await?;
    Ok(purged)
}
