//! Throws away what is past its time: idempotency keys after 24 hours, messages that were taken in after a year.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use db::{Db, DbConnection, DbError, idempotency, inbox};
use diesel::QueryResult;
use platform::clock::Clock;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(600);
const KEY_LIFETIME: TimeDelta = TimeDelta::hours(24);
/// A sender repeats a message until it has heard that it arrived, and at least every few minutes. So one that arrived a year
/// ago can only come again out of a backup that is as old: `docs/operations/back-up-and-restore.md` says how old one may be.
pub const MESSAGES_REMEMBERED: TimeDelta = TimeDelta::days(366);
/// Rows of one transaction; the next follows at once as long as there are as many.
const BATCH: usize = 2_000;

pub(crate) async fn run(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        tidy_up(&db, clock.now(), &stop).await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Forgets everything that is past its time at `now`, in transactions of bounded size.
pub async fn tidy_up(db: &Db, now: DateTime<Utc>, stop: &CancellationToken) {
    let keys = now - KEY_LIFETIME;
    forget(db, "old idempotency keys", stop, move |conn| idempotency::purge_before(conn, keys)).await;
    let messages = now - MESSAGES_REMEMBERED;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    forget(db, "messages taken in long ago", stop, move |conn| inbox::purge_before(conn, messages, limit))
        .await;
}

async fn forget(
    db: &Db,
    what: &'static str,
    stop: &CancellationToken,
    purge: impl Fn(&mut DbConnection) -> QueryResult<usize> + Clone + Send + 'static,
) {
    while !stop.is_cancelled() {
        let purge = purge.clone();
        match db.write(move |conn| purge(conn).map_err(DbError::from)).await {
            Ok(0) => return,
            Ok(count) => {
                tracing::info!(count, what, "what is past its time is gone");
                if count < BATCH {
                    return;
                }
            }
            Err(error) => {
                tracing::warn!(%error, what, "what is past its time stays until the next round");
                return;
            }
        }
    }
}
