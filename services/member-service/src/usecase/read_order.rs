//! An order as it stands, for the service that computes claims on it.

use commerce::OrderNo;
use commerce::claimable::window::ClaimDays;
use db::{Db, DbError};
use service_kit::error::Error;

use crate::domain::standing_order::StandingOrder;
use crate::refusals;
use crate::store::order;
use crate::usecase::claim_days::find_claim_days;

/// With how long its goods may be returned and exchanged.
pub async fn read_order(db: &Db, order_no: OrderNo) -> Result<(StandingOrder, ClaimDays), Error> {
    let found = db.snapshot(move |conn| {
        let Some(order) = order::find(conn, &order_no)? else { return Ok(None) };
        Ok::<_, DbError>(Some((order, find_claim_days(conn)?)))
    });
    found.await?.ok_or_else(refusals::no_such_order)
}
