//! 기간별구매금액: what a member's orders of a period came to.

use commerce::{MemberNo, SiteNo, Won};
use db::{Db, DbError};
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::purchase_period::PurchasePeriod;
use crate::store::order_summary::{self, OrderAmount};

/// The orders, newest first, and their sum. One statement: the list is never cut, so the sum is that of the list.
pub async fn sum_purchases(
    db: &Db,
    member_no: MemberNo,
    site_no: SiteNo,
    period: PurchasePeriod,
) -> Result<(Vec<OrderAmount>, Won), Error> {
    let amounts = db
        .read(move |conn| {
            order_summary::find_amounts(conn, &member_no, &site_no, period).map_err(DbError::from)
        })
        .await?;
    let total = Won::sum(amounts.iter().map(|order| order.amount))
        .ok_or_else(|| Problem::internal("the sum of a member's orders can't be written"))?;
    Ok((amounts, total))
}
