//! 주문 열기: an order as it was pinned, where its lines stand now, and what its claims have left behind.

use commerce::{MemberNo, OrderNo};
use platform::identity::Caller;
use service_kit::error::Error;

use crate::app::AppState;
use crate::clients::member::read_copy;
use crate::domain::claim_history::ClaimHistory;
use crate::domain::pinned_order::{OrderCopy, PinnedOrder};
use crate::refusals;
use crate::store;

/// An order, ready to be judged.
pub struct OpenOrder {
    pub member_no: Option<MemberNo>,
    /// Masked when the member has withdrawn.
    pub orderer_name: String,
    /// Its lines stand where they stand now.
    pub pinned: PinnedOrder,
    pub history: ClaimHistory,
}

/// Asks member-service what moves on, and pins the order when it is seen for the first time.
///
/// Whose order it is comes first: who may not see it does not make us keep it either.
pub async fn open_order(state: &AppState, caller: &Caller, order_no: &OrderNo) -> Result<OpenOrder, Error> {
    let current = state.clients.member.order(order_no).await?;
    let current = current.ok_or_else(|| refusals::no_such_order(caller))?;
    if !caller.may_see_order(order_no, current.copy.member_no.as_ref(), &current.copy.site_no) {
        return Err(refusals::not_yours().into());
    }
    let (copy, history) = pinned(state, current.copy).await?;
    let mut pinned = read_copy(&copy)?;
    pinned.order = pinned.order.with_line_states(&current.line_states);
    Ok(OpenOrder { member_no: copy.member_no, orderer_name: current.orderer_name, pinned, history })
}

/// The copy as it was first pinned, and what the order's claims have left behind.
async fn pinned(state: &AppState, seen: OrderCopy) -> Result<(OrderCopy, ClaimHistory), Error> {
    let order_no = seen.number.clone();
    let known = state
        .db
        .snapshot(move |conn| {
            let copy = store::order_copy::find(conn, &order_no)?;
            let history = store::claim_line::find_history(conn, std::slice::from_ref(&order_no))?;
            Ok::<_, Error>((copy, history.into_values().next().unwrap_or_default()))
        })
        .await?;
    if let (Some(copy), history) = known {
        return Ok((copy, history));
    }
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            store::order_copy::insert(conn, std::slice::from_ref(&seen), now)?;
            // Somebody else may have pinned it first, and claimed something of it since.
            let copy = store::order_copy::find(conn, &seen.number)?.unwrap_or(seen);
            let history = store::claim_line::find_history(conn, std::slice::from_ref(&copy.number))?;
            Ok::<_, Error>((copy, history.into_values().next().unwrap_or_default()))
        })
        .await
}
