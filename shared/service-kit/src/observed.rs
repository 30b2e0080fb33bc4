//! What an operator sees of a service without asking it: its connections, and what its outbox still holds.

use std::time::Duration;

use chrono::{DateTime, Utc};
use db::{Db, DbError, outbox};
use platform::clock::Clock;
use platform::metrics;
use tokio_util::sync::CancellationToken;

/// How often the outbox is counted.
const EVERY: Duration = Duration::from_secs(15);

/// Has every scrape show the pools, as long as the service uses them.
pub(crate) fn watch_pools(db: &Db) {
    let watch = db.watch();
    metrics::get().before_each_scrape(move |metrics| {
        let Some(pools) = watch.load() else { return false };
        for load in pools {
            metrics.pool(load.pool, "limit", load.limit);
            metrics.pool(load.pool, "open", load.open);
            metrics.pool(load.pool, "in_use", load.in_use);
            metrics.pool(load.pool, "waiting", load.waiting);
        }
        true
    });
}

/// Counts the outbox now and then. An outbox that can't be read keeps its last figures: that the database is away is seen
/// elsewhere.
pub(crate) async fn count_outbox(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        match db.read(|conn| outbox::backlog(conn).map_err(DbError::from)).await {
            Ok(backlog) => metrics::get().outbox(
                count(backlog.waiting),
                count(backlog.needs_attention),
                backlog.oldest.map_or(Duration::ZERO, |oldest| age(oldest, clock.now())),
            ),
            Err(error) => tracing::debug!(%error, "the outbox can't be counted now"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Never below nothing: clocks of two machines differ.
pub(crate) fn age(since: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (now - since).to_std().unwrap_or_default()
}

fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}
