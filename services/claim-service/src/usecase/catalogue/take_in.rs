//! 상품 수신: the shop's catalogue comes in, whole or not at all.

use commerce::GoodsNo;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::catalogue::Goods;
use crate::store;

/// How many goods are new and how many were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenIn {
    pub created: i64,
    pub updated: i64,
}

/// Prices and stock are what the catalogue says now; orders keep what they agreed on.
pub fn take_in_goods(conn: &mut DbConnection, clock: &Clock, goods: &[Goods]) -> Result<TakenIn, Error> {
    let numbers: Vec<&GoodsNo> = goods.iter().map(|one| &one.no).collect();
    let updated = store::catalogue::goods::count_known(conn, &numbers)?;
    store::catalogue::goods::upsert(conn, goods, clock.now())?;
    let all = i64::try_from(goods.len()).map_err(Problem::internal)?;
    Ok(TakenIn { created: all.saturating_sub(updated), updated })
}
