//! 클레임대상 조회: what of an order may still be cancelled, and how it would go back.

use commerce::OrderNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::eligibility::{self, LineEligibility, RefundMeans};
use crate::state::AppState;
use crate::usecase::open_order::{OpenOrder, open_order};
use crate::usecase::policies;

pub struct FoundTarget {
    pub order: OpenOrder,
    /// In the order of the order's lines.
    pub lines: Vec<LineEligibility>,
    pub refund_means: RefundMeans,
}

pub async fn find_claim_target(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
) -> Result<FoundTarget, Error> {
    let opened = open_order(state, caller, order_no).await?;
    let order = &opened.pinned.order;
    let policies = state.db.read(|conn| Ok::<_, Error>(policies::book(conn)?)).await?;
    let policy = policies.in_force_at(order.ordered_at());
    let lines = eligibility::lines(order, &opened.claims.history);
    let refund_means = eligibility::refund_means(order, &opened.claims.history, policy, state.clock.now())?;
    Ok(FoundTarget { order: opened, lines, refund_means })
}
