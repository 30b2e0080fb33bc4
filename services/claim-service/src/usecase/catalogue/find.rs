//! Reads the catalogue.

use commerce::GoodsNo;
use db::{Db, DbError};
use service_kit::error::Error;

use crate::domain::catalogue::Goods;
use crate::store;
use crate::store::catalogue::goods::FoundItem;

/// These goods with all their items, in this order; unknown ones are left out.
pub async fn find_goods(db: &Db, numbers: Vec<GoodsNo>) -> Result<Vec<Goods>, Error> {
    let wanted = numbers.clone();
    let mut found =
        db.snapshot(move |conn| store::catalogue::goods::find(conn, &wanted).map_err(DbError::from)).await?;
    Ok(numbers.iter().filter_map(|no| found.remove(no)).collect())
}

/// A page of the items of one goods, or of those whose name holds `name`; and how many there are in all.
pub async fn search_goods(
    db: &Db,
    goods_no: Option<GoodsNo>,
    name: String,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<FoundItem>), Error> {
    db.snapshot(move |conn| {
        store::catalogue::goods::search(conn, goods_no.as_ref(), &name, limit, offset).map_err(DbError::from)
    })
    .await
    .map_err(Error::from)
}

/// Prepares the search of some of the goods that are older than the release which finds names however they were typed;
/// says whether some are left.
pub async fn prepare_older_goods(db: &Db) -> Result<bool, Error> {
    const AT_ONCE: i64 = 200;
    db.write(|conn| Ok::<_, Error>(store::catalogue::older_goods::prepare_search(conn, AT_ONCE)?)).await
}
