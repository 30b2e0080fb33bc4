//! 클레임비용 조회: what a cancel would come to now. It changes nothing but that the order is pinned.

use aws_lc_rs::digest;
use commerce::OrderNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::app::AppState;
use crate::domain::cancel_request::CancelRequest;
use crate::domain::claim_history::ClaimHistory;
use crate::domain::cost::{self, CancelRefusal, ClaimCost};
use crate::domain::order::PaidOrder;
use crate::domain::policy::Policy;

use super::open_order::open_order;
use super::policies;

/// A cost, and the hash it is bound by from preview to execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub cost: ClaimCost,
    pub hash: String,
}

pub async fn quote_cancel(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    request: &CancelRequest,
) -> Result<Quote, Error> {
    let opened = open_order(state, caller, order_no).await?;
    let order = &opened.pinned.order;
    let policies = state.db.read(|conn| Ok::<_, Error>(policies::book(conn)?)).await?;
    Ok(quote(order, &opened.history, request, policies.in_force_at(order.ordered_at()))?)
}

/// The one way from an order to a cost with its hash, for preview and execution alike.
pub(super) fn quote(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
    policy: &Policy,
) -> Result<Quote, CancelRefusal> {
    let cost = cost::quote(order, history, request, policy)?;
    let hash = hash_of(&cost);
    Ok(Quote { cost, hash })
}

/// `costHash` of a cost, computed now or kept.
pub(super) fn hash_of(cost: &ClaimCost) -> String {
    cost.hash_with(|text| hex::encode(digest::digest(&digest::SHA256, text)))
}
