//! 반품·교환대상 조회: what of an order may be sent back, and what it takes.

use commerce::OrderNo;
use commerce::claimable::Question;
use commerce::claimable::reason::Asker;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::collection::CollectionKind;
use crate::domain::collection::coupon::SeenCoupon;
use crate::domain::collection::eligibility::{LineEligibility, lines};
use crate::domain::eligibility::{RefundMeans, refund_means};
use crate::state::AppState;
use crate::usecase::collection::quote::at_hand;
use crate::usecase::open_order::{OpenOrder, open_order};
use crate::usecase::policies;

pub struct FoundTarget {
    pub order: OpenOrder,
    pub kind: CollectionKind,
    pub asker: Asker,
    /// In the order of the order's lines.
    pub lines: Vec<LineEligibility>,
    pub refund_means: RefundMeans,
    /// 무료반품쿠폰 of the order's member that can be used; an exchange has no fee they pay.
    pub coupons: Option<Vec<SeenCoupon>>,
}

pub async fn find_target(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    (kind, asker): (CollectionKind, Asker),
) -> Result<FoundTarget, Error> {
    let opened = open_order(state, caller, order_no).await?;
    let (order, history) = (&opened.pinned.order, &opened.claims.history);
    let policies = state.db.read(|conn| Ok::<_, Error>(policies::book(conn)?)).await?;
    let policy = policies.in_force_at(order.ordered_at());
    let at = state.clock.now();
    let at_hand = at_hand(order, &opened.claims, &opened.delivered_at, opened.days);
    let lines = lines(order, history, &at_hand, Question { kind, asker, at });
    let refund_means = refund_means(order, history, policy, at)?;
    let coupons = match kind {
        CollectionKind::Return => Some(coupons_of(state, &opened).await?),
        CollectionKind::Exchange => None,
    };
    Ok(FoundTarget { order: opened, kind, asker, lines, refund_means, coupons })
}

/// A guest's order has none.
async fn coupons_of(state: &AppState, opened: &OpenOrder) -> Result<Vec<SeenCoupon>, Error> {
    match &opened.member_no {
        Some(member_no) => Ok(state.clients.promotion.usable_coupons(member_no).await?),
        None => Ok(Vec::new()),
    }
}
