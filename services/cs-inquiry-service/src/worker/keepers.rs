//! What is done again and again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::usecase::app_state::AppState;
use crate::usecase::{carry_out, collect_orphans};

/// How often orphans are looked for.
const COLLECT_EVERY: Duration = Duration::from_secs(600);

/// Folds the daily counts.
pub async fn fold_regularly(app: AppState, stop: CancellationToken) {
    let every = Duration::from_secs(app.settings.inquiry.fold_seconds.max(1));
    while let Some(()) = turn(every, &stop).await {
        if let Err(error) = carry_out::fold_counts(&app.db).await {
            tracing::warn!(%error, "the daily counts are folded in the next round");
        }
    }
}

/// Collects what uploads left behind.
pub async fn collect_regularly(app: AppState, stop: CancellationToken) {
    loop {
        match collect_orphans::collect_orphans(&app).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "files without an inquiry are removed"),
            Err(error) => tracing::warn!(%error, "files without an inquiry stay until the next round"),
        }
        if turn(COLLECT_EVERY, &stop).await.is_none() {
            return;
        }
    }
}

async fn turn(every: Duration, stop: &CancellationToken) -> Option<()> {
    tokio::select! {
        () = stop.cancelled() => None,
        () = tokio::time::sleep(every) => Some(()),
    }
}
