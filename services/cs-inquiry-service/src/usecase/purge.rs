//! 보존기간 경과 파기: inquiries, access records and drafts past their time.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::calendar::{self, years_before};
use db::Db;
use service_kit::error::Error;
use service_kit::housekeeping::delete_in_batches;
use service_kit::leave_no_trace::leave_no_trace;

use super::outgoing;
use crate::domain::inquiry::InquiryId;
use crate::settings::Settings;
use crate::store::{answer_draft, retention};

/// Inquiries removed in one transaction.
const AT_ONCE: i64 = 500;

/// What is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    pub inquiries: usize,
    pub files: usize,
    pub access_records: usize,
    pub drafts: usize,
}

/// Removes what is past its time. Files' bytes are removed by the running service, through the outbox.
pub async fn purge(db: &Db, settings: &Settings, now: DateTime<Utc>) -> Result<Purged, Error> {
    let mut purged = Purged::default();
    let before = years_before(now, settings.inquiry.retention_years);
    let mut after = InquiryId(0);
    loop {
        let ids =
            db.read(move |conn| Ok::<_, Error>(retention::find_past(conn, after, before, AT_ONCE)?)).await?;
        let Some(last) = ids.last().copied() else { break };
        after = last;
        let (inquiries, files) = db
            .write(move |conn| {
                let (mut inquiries, mut files) = (0, 0);
                for id in &ids {
                    let Some(file_numbers) = retention::delete(conn, *id, before)? else { continue };
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
    let before = years_before(now, settings.inquiry.access_record_years);
    purged.access_records =
        delete_in_batches(db, move |conn, most| retention::delete_access_records(conn, before, most)).await?;
    let before = calendar::before(now, TimeDelta::days(i64::from(settings.counsel.draft_days)));
    purged.drafts =
        delete_in_batches(db, move |conn, most| answer_draft::delete_before(conn, before, most)).await?;
    leave_no_trace(db).await?;
    Ok(purged)
}
