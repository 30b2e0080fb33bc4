//! Changes that triggers have put down are folded into what they change, so that there are never many.

use db::{Db, DbConnection};
use diesel::QueryResult;
use service_kit::error::Error;

use crate::store;
use crate::store::title_search::day_version;

/// Folds all waiting changes of the daily counts.
pub async fn fold_counts(db: &Db) -> Result<usize, Error> {
    fold_all(db, store::daily_count::fold).await
}

/// Folds all waiting changes of the days' versions.
pub async fn fold_versions(db: &Db) -> Result<usize, Error> {
    fold_all(db, day_version::fold).await
}

async fn fold_all(db: &Db, fold: fn(&mut DbConnection, i64) -> QueryResult<usize>) -> Result<usize, Error> {
    const AT_ONCE: i64 = 2_000;
    let mut folded = 0;
    loop {
        let count = db.write(move |conn| Ok::<_, Error>(fold(conn, AT_ONCE)?)).await?;
        folded += count;
        if i64::try_from(count).unwrap_or(i64::MAX) < AT_ONCE {
            return Ok(folded);
        }
    }
}
