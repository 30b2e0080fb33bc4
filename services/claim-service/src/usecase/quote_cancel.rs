//! 클레임비용 조회: what a cancel would come to now. It changes nothing but that the order is pinned.

use aws_lc_rs::digest;
use commerce::OrderNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::app::AppState;
use crate::domain::cancel_request::CancelRequest;
use crate::domain::cost::{self, ClaimCost};

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
    let policy = policies.in_force_at(order.ordered_at());
    let cost = cost::quote(order, &opened.history, request, policy)?;
    let hash = cost.hash_with(sha256_hex);
    Ok(Quote { cost, hash })
}

fn sha256_hex(text: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, text))
}
