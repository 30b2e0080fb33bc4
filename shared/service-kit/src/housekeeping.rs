//! Throws away what is past its time: idempotency keys after 24 hours.

use std::time::Duration;

use chrono::TimeDelta;
use db::{Db, DbError, idempotency};
use platform::clock::Clock;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(600);
const KEY_LIFETIME: TimeDelta = TimeDelta::hours(24);

pub(crate) async fn run(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        let before = clock.now() - KEY_LIFETIME;
        let purged =
            db.write(move |conn| idempotency::purge_before(conn, before).map_err(DbError::from)).await;
        match purged {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "old idempotency keys are gone"),
            Err(error) => tracing::warn!(%error, "old idempotency keys stay until the next round"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
