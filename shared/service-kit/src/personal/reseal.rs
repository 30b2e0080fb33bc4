//! 재봉인: after a change of the data key, what the earlier one has sealed is sealed with the current one.

use db::kept_apart::Archive;
use db::{Db, DbConnection};
use diesel::QueryResult;
use platform::error::Problem;

use crate::error::Error;
use crate::sealer::Sealer;

/// Rows of one transaction.
const PAGE: i64 = 200;

/// Sealed texts, each under a key that says what it is of.
pub trait SealedTexts: Copy + Send + 'static {
    /// Keys behind this one with their texts, in the order of the keys; so many at most.
    fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>>;

    /// Puts another text in the place of the one it was made of, if that is still there.
    fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize>;
}

impl SealedTexts for Archive {
    fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>> {
        Self::page_after(self, conn, after, limit)
    }

    fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
        Self::replace(self, conn, key, from, to)
    }
}

/// Seals these texts anew. Says how many it changed; a second time it changes none. Replicas go on meanwhile: a row that has
/// just been changed by one of them is not touched.
pub async fn reseal(db: &Db, sealer: &Sealer, texts: impl SealedTexts) -> Result<usize, Error> {
    let mut changed = 0;
    let mut after = Some(String::new());
    while let Some(from) = after {
        let sealer = sealer.clone();
        let (last, changed_here) = db.write(move |conn| reseal_page(conn, &sealer, texts, &from)).await?;
        changed += changed_here;
        after = last;
    }
    Ok(changed)
}

/// Says behind which key to go on, and how many texts were changed.
fn reseal_page(
    conn: &mut DbConnection,
    sealer: &Sealer,
    texts: impl SealedTexts,
    after: &str,
) -> Result<(Option<String>, usize), Error> {
    let page = texts.page_after(conn, after, PAGE)?;
    let mut changed = 0;
    for (key, sealed) in &page {
        if let Some(renewed) = sealer.renewed(key, sealed).map_err(Problem::internal)? {
            changed += texts.replace(conn, key, sealed, &renewed)?;
        }
    }
    Ok((page.into_iter().last().map(|(key, _)| key), changed))
}
