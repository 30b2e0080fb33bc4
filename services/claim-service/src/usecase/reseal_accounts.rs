//! 환불계좌 재봉인: after a change of the data key, what the earlier one has sealed is sealed with the current one.

use commerce::ClaimNo;
use db::{Db, DbConnection};
use diesel::QueryResult;
use service_kit::error::Error;

use crate::secrets::Secrets;
use crate::store::{archive, refund_account};

/// Rows of one transaction.
const PAGE: i64 = 200;

type ReadPage = fn(&mut DbConnection, &str, i64) -> QueryResult<Vec<(ClaimNo, String)>>;
type Replace = fn(&mut DbConnection, &ClaimNo, &str, &str) -> QueryResult<usize>;

/// Seals accounts anew, those in use and those of the archive. Says how many it changed; a second time it changes none.
/// Replicas go on meanwhile: a row that has just been changed by one of them is not touched.
pub async fn reseal_accounts(db: &Db, secrets: &Secrets) -> Result<usize, Error> {
    let in_use = reseal(db, secrets, (refund_account::page_after, refund_account::replace)).await?;
    let archived = reseal(db, secrets, (archive::page_after, archive::replace)).await?;
    Ok(in_use + archived)
}

async fn reseal(
    db: &Db,
    secrets: &Secrets,
    (page_after, replace): (ReadPage, Replace),
) -> Result<usize, Error> {
    let mut changed = 0;
    let mut after = String::new();
    loop {
        let (secrets, from) = (secrets.clone(), after.clone());
        let page = db
            .write(move |conn| {
                let rows = page_after(conn, &from, PAGE)?;
                let mut changed = 0;
                for (claim_no, sealed) in &rows {
                    if let Some(renewed) = secrets.renewed_account(claim_no, sealed)? {
                        changed += replace(conn, claim_no, sealed, &renewed)?;
                    }
                }
                Ok::<_, Error>((rows.last().map(|(claim_no, _)| claim_no.as_str().to_owned()), changed))
            })
            .await?;
        changed += page.1;
        match page.0 {
            Some(last) => after = last,
            None => return Ok(changed),
        }
    }
}
