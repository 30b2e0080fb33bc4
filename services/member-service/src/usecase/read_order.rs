//! An order as it stands, for the service that computes claims on it.

use commerce::OrderNo;
use db::{Db, DbError};
use service_kit::error::Error;

use crate::domain::standing_order::StandingOrder;
use crate::refusals;
use crate::store::order;

pub async fn read_order(db: &Db, order_no: OrderNo) -> Result<StandingOrder, Error> {
    db.snapshot(move |conn| order::find(conn, &order_no).map_err(DbError::from))
        .await?
        .ok_or_else(refusals::no_such_order)
}
