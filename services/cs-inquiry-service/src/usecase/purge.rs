//! 보존기간 경과 파기: inquiries and access records past their time.

use chrono::{DateTime, Months, TimeDelta, Utc};
use db::{Db, DbError};
use service_kit::error::Error;

use super::outgoing;
use crate::domain::inquiry::InquiryId;
use crate::settings::InquirySettings;
use crate::store::retention;

/// Rows removed in one transaction.
const AT_ONCE: i64 = 500;
/// How often an emptying of the log is tried that readers hold up.
const CHECKPOINT_TRIES: u32 = 20;

/// What is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    pub inquiries: usize,
    pub files: usize,
    pub access_records: usize,
}

/// Removes what is past its time. Files' bytes are removed by the running service, through the outbox.
pub async fn purge(db: &Db, settings: &InquirySettings, now: DateTime<Utc>) -> Result<Purged, Error> {
    let mut purged = Purged::default();
    let before = years_before(now, settings.retention_years);
    let mut after = InquiryId(0);
    loop {
        let ids =
            db.read(move |conn| Ok::<_, Error>(retention::find_past(conn, after, before, AT_ONCE)?)).await?;
        let Some(last) = ids.last().copied() else { break };
        after = last;
        let (inquiries, files) = db
            .write(move |conn| {
                let (mut inquiries, mut files) = (0, 0);
                for id in ids {
                    let Some(file_numbers) = retention::delete(conn, id, before)? else { continue };
                    for file_no in &file_numbers {
                        outgoing::delete_file(conn, now, file_no)?;
                    }
                    inquiries += 1;
                    files += file_numbers.len();
                }
                Ok::<_, Error>((inquiries, files))
            })
            .await?;
        purged.inquiries += inquiries;
        purged.files += files;
    }
    let before = years_before(now, settings.access_record_years);
    loop {
        let count = db
            .write(move |conn| Ok::<_, Error>(retention::delete_access_records(conn, before, AT_ONCE)?))
            .await?;
        purged.access_records += count;
        if count == 0 {
            break;
        }
    }
    empty_log(db).await?;
    Ok(purged)
}

/// What is removed must not stay readable in the log of SQLite.
async fn empty_log(db: &Db) -> Result<(), Error> {
    for _ in 1..CHECKPOINT_TRIES {
        match db.checkpoint().await {
            Err(DbError::Busy) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
            outcome => return Ok(outcome?),
        }
    }
    Ok(db.checkpoint().await?)
}

fn years_before(now: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(years.saturating_mul(12))).unwrap_or(now - TimeDelta::days(36_500))
}
