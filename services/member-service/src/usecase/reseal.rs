//! 재봉인: after a change of the data key, what the earlier one has sealed is sealed with the current one.

use db::{Db, DbConnection, outbox};
use diesel::QueryResult;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::sealer::Sealer;

use super::notify;
use crate::secrets::Secrets;
use crate::store::archive;

/// Rows of one transaction.
const PAGE: i64 = 200;

type ReadPage = fn(&mut DbConnection, &str, i64) -> QueryResult<Vec<(String, String)>>;
type Replace = fn(&mut DbConnection, &str, &str, &str) -> QueryResult<usize>;

/// Seals the archive and the letters on their way anew. Says how many it changed; a second time it changes none. Replicas go
/// on meanwhile: a row that has just been changed by one of them is not touched.
pub async fn reseal(db: &Db, secrets: &Secrets) -> Result<usize, Error> {
    let archived = reseal_each(db, &secrets.archive, (archive::page_after, archive::replace)).await?;
    let letters = reseal_each(db, &secrets.outbox, (letters_after, outbox::replace_payload)).await?;
    Ok(archived + letters)
}

fn letters_after(conn: &mut DbConnection, after: &str, limit: i64) -> QueryResult<Vec<(String, String)>> {
    outbox::payloads_after(conn, notify::TOPIC, after, limit)
}

async fn reseal_each(
    db: &Db,
    sealer: &Sealer,
    (page_after, replace): (ReadPage, Replace),
) -> Result<usize, Error> {
    let mut changed = 0;
    let mut after = String::new();
    loop {
        let (sealer, from) = (sealer.clone(), after.clone());
        let (last, changed_here) = db
            .write(move |conn| {
                let rows = page_after(conn, &from, PAGE)?;
                let mut changed = 0;
                for (key, sealed) in &rows {
                    if let Some(renewed) = sealer.renewed(key, sealed).map_err(Problem::internal)? {
                        changed += replace(conn, key, sealed, &renewed)?;
                    }
                }
                Ok::<_, Error>((rows.last().map(|(key, _)| key.clone()), changed))
            })
            .await?;
        changed += changed_here;
        match last {
            Some(last) => after = last,
            None => return Ok(changed),
        }
    }
}
