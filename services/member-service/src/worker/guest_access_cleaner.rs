//! Forgets what was tried on order numbers more than an hour ago.

use std::time::Duration;

use db::Db;
use platform::clock::Clock;
use tokio_util::sync::CancellationToken;

use crate::usecase::forget_old_tries::forget_old_tries;

const EVERY: Duration = Duration::from_secs(300);

pub async fn run(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        match stop.run_until_cancelled(forget_old_tries(&db, &clock)).await {
            None | Some(Ok(0)) => {}
            Some(Ok(count)) => tracing::info!(count, "old tries on order numbers are gone"),
            Some(Err(error)) => {
                tracing::warn!(%error, "old tries on order numbers stay until the next round")
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
