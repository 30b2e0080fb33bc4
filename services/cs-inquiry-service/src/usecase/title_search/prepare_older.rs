//! Titles that are older than what searches them.

use db::Db;
use service_kit::error::Error;

use crate::store::title_search::{older_fold, title_tail};

/// Cuts some of the titles that are older than the release which searches their tails, and then folds those again that
/// are older than the one which composes them; says whether some are left.
pub async fn cut_older_titles(db: &Db) -> Result<bool, Error> {
    const AT_ONCE: i64 = 200;
    db.write(|conn| {
        let is_cutting = title_tail::cut_older(conn, AT_ONCE)?;
        Ok::<_, Error>(is_cutting || older_fold::fold_older(conn, AT_ONCE)?)
    })
    .await
}
