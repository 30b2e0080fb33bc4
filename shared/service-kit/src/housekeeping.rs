//! Throws away what is past its time: idempotency keys after 24 hours, messages that were taken in after a year.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use db::{Db, DbConnection, DbError, idempotency, inbox};
use diesel::QueryResult;
use platform::clock::Clock;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(600);
/// A sender repeats a message until it has heard that it arrived, and at least every few minutes. So one that arrived a year
/// ago can only come again out of a backup that is as old: `docs/operations/back-up-and-restore.md` says how old one may be.
pub const MESSAGES_REMEMBERED: TimeDelta = TimeDelta::days(366);
/// Rows of one transaction; the next follows at once as long as there are as many.
pub const BATCH: usize = 2_000;

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
    let keys = now - idempotency::KEPT_FOR;
    forget(db, "old idempotency keys", stop, move |conn, most| idempotency::purge_before(conn, keys, most))
        .await;
    let messages = now - MESSAGES_REMEMBERED;
    forget(db, "messages taken in long ago", stop, move |conn, most| {
        inbox::purge_before(conn, messages, most)
    })
    .await;
}

/// Deletes what `purge` finds, in transactions of so many rows at most as it is told, until there is nothing left; says
/// how many rows it was. Whoever drops this between two transactions has deleted what was deleted until then.
pub async fn delete_in_batches<P>(db: &Db, purge: P) -> Result<usize, DbError>
where
    P: Fn(&mut DbConnection, i64) -> QueryResult<usize> + Clone + Send + 'static,
{
    let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let mut deleted = 0_usize;
    loop {
        let purge = purge.clone();
        let count = db.write(move |conn| purge(conn, most).map_err(DbError::from)).await?;
        deleted = deleted.saturating_add(count);
        if count < BATCH {
            return Ok(deleted);
        }
    }
}

async fn forget(
    db: &Db,
    what: &'static str,
    stop: &CancellationToken,
    purge: impl Fn(&mut DbConnection, i64) -> QueryResult<usize> + Clone + Send + 'static,
) {
    match stop.run_until_cancelled(delete_in_batches(db, purge)).await {
        None | Some(Ok(0)) => {}
        Some(Ok(count)) => tracing::info!(count, what, "what is past its time is gone"),
        Some(Err(error)) => tracing::warn!(%error, what, "what is past its time stays until the next round"),
    }
}
