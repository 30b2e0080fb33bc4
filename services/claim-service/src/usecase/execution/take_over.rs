//! 인수: a process that starts goes on with what a dead one held.

use chrono::{DateTime, Utc};
use db::{Backend, Db, idempotency, outbox};
use service_kit::error::Error;

/// On SQLite there is one process at a time, so whoever held anything is dead and nobody need wait for a lease to end.
/// Were it alive after all, receivers carry a key out once. On PostgreSQL replicas run side by side, and leases decide.
pub async fn take_over(db: &Db, now: DateTime<Utc>) -> Result<(), Error> {
    if db.backend() == Backend::Postgres {
        return Ok(());
    }
    let taken_over = db
        .write(move |conn| {
            idempotency::end_leases(conn, now)?;
            Ok::<_, Error>(outbox::release_everything(conn, now)?)
        })
        .await?;
    if taken_over > 0 {
        tracing::info!(taken_over, "messages of a process that died are taken over");
    }
    Ok(())
}
