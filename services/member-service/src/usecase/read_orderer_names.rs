//! 주문자명 조회: for the vendors' view of cancels.

use commerce::OrderNo;
use db::{Db, DbError};
use service_kit::error::Error;

use crate::store::order;

/// Names as they stand now, masked or not, of those orders that are here.
pub async fn read_orderer_names(db: &Db, order_nos: Vec<OrderNo>) -> Result<Vec<(OrderNo, String)>, Error> {
    db.read(move |conn| order::find_orderer_names(conn, &order_nos).map_err(DbError::from))
        .await
        .map_err(Error::from)
}
