//! 재봉인: after a change of the data key, what the earlier one has sealed is sealed with the current one.

use db::{Db, DbConnection, outbox};
use diesel::QueryResult;
use service_kit::error::Error;
use service_kit::personal::reseal::{self, SealedTexts};

use super::notify;
use crate::secrets::Secrets;
use crate::store::PERSONAL_ARCHIVE;

/// Letters on their way.
#[derive(Clone, Copy)]
struct Letters;

impl SealedTexts for Letters {
    fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>> {
        outbox::payloads_after(conn, notify::TOPIC, after, limit)
    }

    fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
        outbox::replace_payload(conn, key, from, to)
    }
}

/// Seals the archive and the letters on their way anew; says how many it changed.
pub async fn reseal(db: &Db, secrets: &Secrets) -> Result<usize, Error> {
    let archived = reseal::reseal(db, &secrets.archive, PERSONAL_ARCHIVE).await?;
    let letters = reseal::reseal(db, &secrets.outbox, Letters).await?;
    Ok(archived + letters)
}
