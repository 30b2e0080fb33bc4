//! Finds the files of uploads that broke off, and lets them be removed.

use std::time::Duration;

use chrono::TimeDelta;
use service_kit::error::Error;

use super::app_state::AppState;
use super::outgoing;
use crate::error::disk_failed;
use crate::store;

/// Files taken in one transaction.
const AT_ONCE: i64 = 500;
/// A cursor that nobody follows any more.
const CURSOR_LIFETIME: TimeDelta = TimeDelta::days(1);

/// Says how many files nobody has claimed; they are removed through the outbox.
pub async fn collect_orphans(app: &AppState) -> Result<usize, Error> {
    let minutes = app.settings.attachment.orphan_after_minutes;
    let now = app.clock.now();
    let before = now - TimeDelta::minutes(i64::from(minutes));
    let mut collected = 0;
    loop {
        let count = app
            .db
            .write(move |conn| {
                let files = store::attachment::delete_unclaimed(conn, before, AT_ONCE)?;
                for file_no in &files {
                    outgoing::delete_file(conn, now, file_no)?;
                }
                Ok::<_, Error>(files.len())
            })
            .await?;
        collected += count;
        if i64::try_from(count).unwrap_or(i64::MAX) < AT_ONCE {
            break;
        }
    }
    if collected > 0 {
        app.bell.ring();
    }
    let age = Duration::from_secs(u64::from(minutes) * 60);
    app.spool.sweep(age).await.map_err(disk_failed)?;
    app.db
        .write(move |conn| Ok::<_, Error>(store::list_cursor::purge_before(conn, now - CURSOR_LIFETIME)?))
        .await?;
    Ok(collected)
}
