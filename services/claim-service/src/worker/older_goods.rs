//! Prepares the search of goods that were there before they were searched as they are now, once.

use std::time::Duration;

use db::Db;
use tokio_util::sync::CancellationToken;

use crate::usecase;

/// Between two batches others write.
const BETWEEN_BATCHES: Duration = Duration::from_millis(20);
const AFTER_FAILURE: Duration = Duration::from_secs(5);

pub async fn prepare_older_goods(db: Db, stop: CancellationToken) {
    let mut pause = BETWEEN_BATCHES;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = match usecase::catalogue::find::prepare_older_goods(&db).await {
            Ok(true) => BETWEEN_BATCHES,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "older goods are prepared for the search in the next round");
                AFTER_FAILURE
            }
        };
    }
}
