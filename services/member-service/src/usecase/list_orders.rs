//! 주문내역 조회: orders as whoever may see them looks at them.

use commerce::OrderNo;
use commerce::claimable::reason::Asker;
use commerce::claimable::window::ClaimDays;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::order_search::OrderSearch;
use crate::domain::shown_order::ShownOrder;
use crate::domain::standing_order::StandingOrder;
use crate::refusals;
use crate::state::AppState;
use crate::store::{order, shown_order};
use crate::usecase::claim_days::find_claim_days;

/// How many there are, and one page of them, all of the same moment.
pub async fn list_orders(
    state: &AppState,
    asker: Asker,
    search: OrderSearch,
    page: (i64, i64),
) -> Result<(i64, Vec<ShownOrder>), Error> {
    let asked = (asker, state.clock.now());
    let found = state.db.snapshot(move |conn| {
        let count = shown_order::count(conn, &search)?;
        let orders = shown_order::find_page(conn, &search, page)?;
        Ok::<_, Error>((count, orders, find_claim_days(conn)?))
    });
    let (count, orders, days) = found.await?;
    Ok((count, orders.into_iter().map(|order| order.shown(days, asked)).collect()))
}

/// One order with everything it was placed with, and how long its goods may be returned. Whose it is comes first.
pub async fn find_order(
    state: &AppState,
    caller: &Caller,
    asker: Asker,
    order_no: OrderNo,
) -> Result<(ShownOrder, StandingOrder, ClaimDays), Error> {
    let asked = (asker, state.clock.now());
    let found = state.db.snapshot(move |conn| {
        let (known, whole) = (shown_order::find(conn, &order_no)?, order::find(conn, &order_no)?);
        Ok::<_, Error>((known.zip(whole), find_claim_days(conn)?))
    });
    let (found, days) = found.await?;
    let (known, whole) = found.ok_or_else(|| refusals::no_order_for(caller))?;
    if !caller.may_see_order(&whole.number, whole.member_no.as_ref(), &whole.site_no) {
        return Err(refusals::not_yours());
    }
    Ok((known.shown(days, asked), whole, days))
}
