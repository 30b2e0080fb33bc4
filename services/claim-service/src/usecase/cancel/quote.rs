//! 클레임비용 조회: what a cancel would come to now. It changes nothing but that the order is pinned.

use commerce::OrderNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::history::ClaimHistory;
use crate::domain::money::{self, CancelRefusal};
use crate::domain::order::PaidOrder;
use crate::domain::policy::Policy;
use crate::domain::request::CancelRequest;
use crate::state::AppState;
use crate::usecase::acceptance::quote::{Preview, Quote};
use crate::usecase::open_order::open_order;
use crate::usecase::policies;

pub async fn quote_cancel(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    request: &CancelRequest,
) -> Result<Preview, Error> {
    let opened = open_order(state, caller, order_no).await?;
    let order = &opened.pinned.order;
    let policies = state.db.read(|conn| Ok::<_, Error>(policies::book(conn)?)).await?;
    let policy = policies.in_force_at(order.ordered_at());
    let quote = quote(order, &opened.claims.history, request, policy)?;
    Ok(Preview { quote, member_no: opened.member_no })
}

/// The one way from an order to a cost with its hash, for preview and execution alike.
pub(crate) fn quote(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
    policy: &Policy,
) -> Result<Quote, CancelRefusal> {
    Ok(money::quote(order, history, request, policy)?.into())
}
