//! Finds the files of uploads that broke off, and lets them be removed.

use std::time::Duration;

use chrono::TimeDelta;
use commerce::calendar::{self, kst_date_of};
use service_kit::error::Error;
use service_kit::housekeeping::delete_in_batches;

use super::outgoing;
use crate::refusals::disk_failed;
use crate::state::AppState;
use crate::store;

/// Files taken in one transaction.
const AT_ONCE: i64 = 500;
/// A cursor that nobody follows any more.
const CURSOR_LIFETIME: TimeDelta = TimeDelta::days(1);
/// A day on which nobody attaches any more, whatever a clock says.
const DAY_LIFETIME: TimeDelta = TimeDelta::days(2);

/// Says how many files nobody has claimed; they are removed through the outbox.
pub async fn collect_orphans(state: &AppState) -> Result<usize, Error> {
    let minutes = state.settings.attachment.orphan_after_minutes;
    let now = state.clock.now();
    let before = calendar::before(now, TimeDelta::minutes(i64::from(minutes)));
    let mut collected = 0;
    loop {
        let count = state
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
        state.bell.ring();
    }
    let age = Duration::from_secs(u64::from(minutes) * 60);
    state.spool.sweep(age).await.map_err(disk_failed)?;
    let over = kst_date_of(now - DAY_LIFETIME);
    delete_in_batches(&state.db, move |conn, most| store::attachment_day::purge_before(conn, over, most))
        .await?;
    let before = now - CURSOR_LIFETIME;
    delete_in_batches(&state.db, move |conn, most| store::list_cursor::purge_before(conn, before, most))
        .await?;
    Ok(collected)
}
