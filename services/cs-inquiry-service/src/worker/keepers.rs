//! What is done again and again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::state::AppState;
use crate::usecase::collect_orphans;
use crate::usecase::fold_changes::{fold_counts, fold_versions};
use crate::usecase::title_search::prepare_older;

/// How often orphans are looked for.
const COLLECT_EVERY: Duration = Duration::from_secs(600);

/// How long cutting older titles rests.
const BETWEEN_BATCHES: Duration = Duration::from_millis(20);
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Folds the daily counts and the versions of the days.
pub async fn fold_regularly(state: AppState, stop: CancellationToken) {
    let every = Duration::from_secs(state.settings.inquiry.fold_seconds.max(1));
    while let Some(()) = turn(every, &stop).await {
        if let Err(error) = fold_counts(&state.db).await {
            tracing::warn!(%error, "the daily counts are folded in the next round");
        }
        if let Err(error) = fold_versions(&state.db).await {
            tracing::warn!(%error, "the versions of the days are folded in the next round");
        }
    }
}

/// Collects what uploads left behind.
pub async fn collect_regularly(state: AppState, stop: CancellationToken) {
    loop {
        match collect_orphans::collect_orphans(&state).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "files without an inquiry are removed"),
            Err(error) => tracing::warn!(%error, "files without an inquiry stay until the next round"),
        }
        if turn(COLLECT_EVERY, &stop).await.is_none() {
            return;
        }
    }
}

/// Prepares the titles that were there before they were searched as they are now, once; searches read whole titles until
/// they are cut.
pub async fn cut_older_titles(state: AppState, stop: CancellationToken) {
    // Between two batches others write.
    let mut pause = BETWEEN_BATCHES;
    while let Some(()) = turn(pause, &stop).await {
        pause = match prepare_older::cut_older_titles(&state.db).await {
            Ok(true) => BETWEEN_BATCHES,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "older titles are prepared in the next round");
                AFTER_FAILURE
            }
        };
    }
}

async fn turn(every: Duration, stop: &CancellationToken) -> Option<()> {
    tokio::select! {
        () = stop.cancelled() => None,
        () = tokio::time::sleep(every) => Some(()),
    }
}
