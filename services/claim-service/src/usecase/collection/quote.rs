//! 반품·교환 비용 조회: what a return or an exchange would come to if it were settled now.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use commerce::claimable::window::ClaimDays;
use commerce::{CostChange, Won};

use crate::domain::collection::changes::changes_of;
use crate::domain::collection::pieces::pieces_of;
use crate::domain::collection::request::{CollectionRequest, JudgedRequest, OrderAtHand};
use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::domain::history::ClaimHistory;
use crate::domain::money::terms::{
    ExchangeTerms, ExchangedGoods, FreeReturnCoupon, ReturnTerms, ReturnedGoods,
};
use crate::domain::money::{ClaimCost, ReturnRefusal, quote_exchange, quote_return};
use crate::domain::order::PaidOrder;
use crate::domain::policy::Policy;
use crate::store::order::claims::OrderClaims;
use crate::usecase::acceptance::quote::Quote;

/// What an order has to say to a request beside its terms.
pub(crate) fn at_hand(
    order: &PaidOrder,
    claims: &OrderClaims,
    delivered_at: &HashMap<i32, DateTime<Utc>>,
    days: ClaimDays,
) -> OrderAtHand {
    OrderAtHand {
        pieces: pieces_of(order, &claims.history, &claims.collections),
        delivered_at: delivered_at.clone(),
        return_days: days.returns,
        exchange_days: days.exchanges,
    }
}

/// What it would come to with everything accepted that is asked for.
pub(crate) fn quote_request(
    (order, history, policy): (&PaidOrder, &ClaimHistory, &Policy),
    request: &CollectionRequest,
    judged: &JudgedRequest,
    coupon: Option<FreeReturnCoupon>,
) -> Result<Quote, ReturnRefusal> {
    let cost = match request.kind {
        CollectionKind::Return => {
            let goods = judged.goods.iter().map(|goods| ReturnedGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no.clone(),
                quantity: goods.quantity,
            });
            let terms = ReturnTerms {
                blame: request.blame,
                method: judged.method,
                at: request.asked_at,
                goods: goods.collect(),
                free_return_coupon: coupon,
                gifts_kept: BTreeSet::new(),
                waived: Won::ZERO,
                paid_in_advance: Vec::new(),
            };
            quote_return(order, history, &terms, policy)?
        }
        CollectionKind::Exchange => {
            let goods = judged.goods.iter().map(|goods| ExchangedGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no.clone(),
                exchanged_for: goods.exchanged_for.clone().unwrap_or_else(|| goods.item_no.clone()),
                quantity: goods.quantity,
            });
            let terms = ExchangeTerms {
                blame: request.blame,
                method: judged.method,
                at: request.asked_at,
                goods: goods.collect(),
                waived: Won::ZERO,
                paid_in_advance: Vec::new(),
            };
            quote_exchange(order, history, &terms, policy)?
        }
    };
    Ok(cost.into())
}

/// What it comes to as it stands: the units accepted, and everything that was paid for it.
pub(crate) fn quote_claim(
    (order, history, policy): (&PaidOrder, &ClaimHistory, &Policy),
    claim: &CollectionClaim,
    payments: &[AdvancePayment],
    (waived, at): (Won, DateTime<Utc>),
) -> Result<Quote, ReturnRefusal> {
    let paid_in_advance = payments.iter().map(AdvancePayment::as_additional).collect();
    let accepted = || claim.goods.iter().filter(|goods| goods.accepted() > 0);
    let cost = match claim.kind {
        CollectionKind::Return => {
            let goods = accepted().map(|goods| ReturnedGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no.clone(),
                quantity: goods.accepted(),
            });
            let terms = ReturnTerms {
                blame: claim.blame,
                method: claim.method,
                at,
                goods: goods.collect(),
                free_return_coupon: claim.free_return_coupon.clone(),
                gifts_kept: claim.gifts_kept.clone(),
                waived,
                paid_in_advance,
            };
            quote_return(order, history, &terms, policy)?
        }
        CollectionKind::Exchange => {
            let goods = accepted().map(|goods| ExchangedGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no.clone(),
                exchanged_for: goods
                    .exchanged_for
                    .as_ref()
                    .map_or_else(|| goods.item_no.clone(), |(item_no, _)| item_no.clone()),
                quantity: goods.accepted(),
            });
            let terms = ExchangeTerms {
                blame: claim.blame,
                method: claim.method,
                at,
                goods: goods.collect(),
                waived,
                paid_in_advance,
            };
            quote_exchange(order, history, &terms, policy)?
        }
    };
    Ok(cost.into())
}

/// 금액변동사유: why it comes to what it does, and not to what was shown.
pub(crate) fn changes_since_shown(
    reckoned_by: (&PaidOrder, &ClaimHistory, &Policy),
    claim: &CollectionClaim,
    now: &ClaimCost,
) -> Result<Vec<CostChange>, ReturnRefusal> {
    let mut as_asked = claim.clone();
    as_asked.blame = claim.requested_blame;
    as_asked.method = claim.requested_method;
    as_asked.gifts_kept.clear();
    for goods in &mut as_asked.goods {
        goods.inspected = None;
    }
    let at = (Won::ZERO, claim.requested_at);
    let as_asked = quote_claim(reckoned_by, &as_asked, &[], at)?;
    Ok(changes_of(claim, now, &as_asked.cost))
}
