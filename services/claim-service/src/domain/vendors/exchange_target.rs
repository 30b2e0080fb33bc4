//! 협력사 회수대상: what a vendor hears of its goods that come back (docs/adr/0071-what-comes-back-in-the-vendors-words.md).

#[cfg(test)]
mod tests;
mod words;

use chrono::{DateTime, Utc};
use commerce::{
    Blame, ClaimNo, ClaimReason, CollectionMethod, CostBearer, ItemNo, MemberNo, OrderNo, ReturnProgress, Won,
};

use crate::domain::collection::inspection::resellable_of;
use crate::domain::collection::{CollectedGoods, CollectionKind, Invoice, Rejection, Standing, Times};
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::saga::Decision;
use crate::domain::vendors::burden;
use crate::domain::vendors::period::Period;

pub use words::{Word, blame_name, fee_bearer, kind, outcome, shipping_state, stage};

/// 조회조건: which of a vendor's goods that come back are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetQuery {
    /// 회수지시일
    Period {
        period: Period,
        kinds: Vec<CollectionKind>,
    },
    Order(OrderNo),
    Claim(ClaimNo),
}

/// 회수대상 as it is kept: a vendor's goods in a claim whose collection was instructed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetGoods {
    pub claim: TargetClaim,
    /// 회수지시일시
    pub instructed_at: DateTime<Utc>,
    pub goods: CollectedGoods,
    /// What was left of the line before these units, once the claim is settled.
    pub left_before: Option<i64>,
}

/// The claim of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetClaim {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub kind: CollectionKind,
    pub reason: ClaimReason,
    pub reason_text: Option<String>,
    pub group_no: i32,
    pub blame: Blame,
    pub method: CollectionMethod,
    pub standing: Standing,
    pub way_back: Option<Invoice>,
    pub rejection: Option<Rejection>,
    pub times: Times,
}

/// 회수비용: what else of a claim its rows need to know. Costs are none until they are final.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetContext {
    /// Its first goods by line and item, whoever sells them.
    pub first: Option<(i32, ItemNo)>,
    /// Sums of the kinds 10, 20 and 30, whoever bears them.
    pub delivery_cost: Won,
    pub return_fee: Won,
    pub exchange_fee: Won,
    /// Who bears the fee of kind 20 or 30.
    pub fee_bearer: Option<CostBearer>,
    /// Whether something is still to go back to the customer.
    pub is_refund_open: bool,
}

/// 협력사 회수대상
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeTarget {
    pub target: TargetGoods,
    /// None of a guest.
    pub member_no: Option<MemberNo>,
    pub goods_name: String,
    pub item_name: String,
    /// 0 until it is known.
    pub accepted: i64,
    pub refused: i64,
    /// Whether all that was accepted can be sold again.
    pub is_resellable: bool,
    pub is_refunded: bool,
    /// 반려사유: of these goods, or of the claim.
    pub refusal: Option<Rejection>,
    pub fee_bearer: Option<CostBearer>,
    pub delivery_cost: Won,
    pub return_fee: Won,
    pub exchange_fee: Won,
    /// 협력사부담할인
    pub burden_relief: Won,
    /// 배송지순번 of the order that the goods are fetched from where the claim names no address.
    pub delivery_seq: Option<i32>,
}

/// One row; none where order and claim contradict each other. An item that came by an exchange brings its name.
pub fn exchange_target(
    target: TargetGoods,
    context: &TargetContext,
    pinned: &PinnedOrder,
    exchanged_name: Option<&String>,
) -> Option<ExchangeTarget> {
    let (claim, goods) = (&target.claim, &target.goods);
    let line = pinned.order.line(goods.line_seq)?;
    let inspected = goods.inspected.as_ref();
    let is_known = inspected.is_some() || claim.standing.final_at.is_some();
    let accepted = if is_known { goods.accepted() } else { 0 };
    let resellable = inspected
        .map_or_else(|| resellable_of(claim.method, Some(line), accepted), |inspected| inspected.resellable);
    let burden_relief = if claim.standing.progress == ReturnProgress::Returned && accepted > 0 {
        let before = target.left_before?;
        burden::relief(&pinned.order, line.seq, before, before.checked_sub(accepted)?)?
    } else {
        Won::ZERO
    };
    let item_name =
        if goods.item_no == line.item_no { Some(&line.item_name) } else { exchanged_name }.cloned();
    let is_first =
        context.first.as_ref().is_some_and(|(seq, item)| (*seq, item) == (line.seq, &goods.item_no));
    let on_first = |amount: Won| if is_first { amount } else { Won::ZERO };
    Some(ExchangeTarget {
        member_no: pinned.member_no.clone(),
        goods_name: line.goods_name.clone(),
        item_name: item_name.unwrap_or_default(),
        accepted,
        refused: inspected.map_or(0, |inspected| inspected.refused),
        is_resellable: accepted > 0 && resellable == accepted,
        is_refunded: is_refunded(claim, context),
        refusal: inspected
            .and_then(|inspected| inspected.refusal.as_ref())
            .or(claim.rejection.as_ref())
            .cloned(),
        fee_bearer: context.fee_bearer,
        delivery_cost: on_first(context.delivery_cost),
        return_fee: on_first(context.return_fee),
        exchange_fee: on_first(context.exchange_fee),
        burden_relief,
        delivery_seq: pinned.group_addresses.get(&claim.group_no).copied(),
        target,
    })
}

/// 환불여부: the order has taken the settled return, and nothing is still to go back. An exchange refunds no goods.
fn is_refunded(claim: &TargetClaim, context: &TargetContext) -> bool {
    let standing = &claim.standing;
    let is_settled = standing.final_at.is_some() && standing.decision == Some(Decision::Confirmed);
    claim.kind == CollectionKind::Return && is_settled && !context.is_refund_open
}
