//! 취소비용: what a cancel gives back and what it costs (contract, section 5, "The cost of a cancel").
//!
//! Preview and execution are this one function, so the amount shown is the amount executed.
//! The modules are the table of contents of the rules.

pub mod acceptance;
pub mod claim_cost;
pub mod explanation;
pub mod settlement;

mod accrual;
mod canonical;
mod claimed_lines;
mod conditions;
mod coupons;
mod delivery;
mod gifts;
mod goods;
mod identities;
#[cfg(test)]
pub(super) mod tests;

use commerce::Won;

pub use claim_cost::{
    AccrualTakenBack, AdditionalCost, CancelledGift, ClaimCost, ClaimedGoods, CostReason, CostRow,
    DiscountTakenBack, Refund, RestoredCoupon,
};
pub(crate) use claimed_lines::left_of as claimed_left;
pub use explanation::{CalcLine, Calculation};

use self::claimed_lines::Moves;
use self::explanation::Explanation;
use super::cancel_request::CancelRequest;
use super::claim_history::ClaimHistory;
use super::order::PaidOrder;
use super::policy::Policy;

/// An amount that can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount does not fit")]
pub struct Overflow;

/// Why a cancel is refused. Paths are JSON paths of the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefusal {
    /// `ORDER_LINE_NOT_FOUND`
    #[error("the order has no line at {}", .0.join(", "))]
    LineNotFound(Vec<String>),
    /// `CLAIM_QTY_EXCEEDED`
    #[error("more is claimed than is left at {}", .0.join(", "))]
    QuantityExceeded(Vec<String>),
    /// `ORDER_NOT_CANCELABLE`
    #[error("the line can't be cancelled at {}", .0.join(", "))]
    NotCancelable(Vec<String>),
    /// `PARTIAL_CANCEL_NOT_ALLOWED`
    #[error("the order can only be cancelled whole: {0}")]
    PartialCancelNotAllowed(WholeOnly),
    /// The order or its history hold amounts no order can have.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// A rule was broken by our own computation; nothing may be executed on it.
    #[error("the computed cost contradicts itself: {0}")]
    Contradiction(&'static str),
}

/// Why a part can't be cancelled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WholeOnly {
    #[error("it is not paid yet")]
    NotPaidYet,
    #[error("payment `{0}` can only be refunded whole")]
    Payment(commerce::PaymentNo),
}

impl CancelRefusal {
    /// The fields at fault; none where the request as a whole is.
    pub fn paths(&self) -> &[String] {
        match self {
            Self::LineNotFound(paths) | Self::QuantityExceeded(paths) | Self::NotCancelable(paths) => paths,
            Self::PartialCancelNotAllowed(_) | Self::Overflow(_) | Self::Contradiction(_) => &[],
        }
    }
}

/// 클레임비용 계산: what cancelling these units now would come to.
pub fn quote(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
    policy: &Policy,
) -> Result<ClaimCost, CancelRefusal> {
    let rules = policy.rules(request.reason().blame());
    let moves = Moves::of(order, history, request)?;
    let is_unpaid = order.awaits_payment();
    if is_unpaid && !moves.leave_nothing() {
        return Err(CancelRefusal::PartialCancelNotAllowed(WholeOnly::NotPaidYet));
    }

    let mut explanation = Explanation::default();
    let goods = goods::cost(&moves, &mut explanation)?;
    let conditions = conditions::judge(order, history, &moves, rules, &mut explanation)?;
    let delivery = delivery::judge(order, history, &moves, rules, &mut explanation)?;
    let restored_coupons = coupons::restore(order, history, &moves, &conditions)?;
    let cancelled_gifts = gifts::judge(order, history, &moves, rules)?;
    let accrual_rows = accrual::take_back(order, &moves)?;

    let settlement = if is_unpaid {
        settlement::unpaid(order, history, &mut explanation)?
    } else {
        settlement::settle(order, history, request, policy, &mut explanation)?
    };

    let mut additional_costs = delivery.costs;
    additional_costs.extend(conditions.costs());
    additional_costs.extend(settlement.limit);
    if is_unpaid {
        additional_costs.clear();
    }
    let cost = ClaimCost {
        order_no: order.number().clone(),
        goods,
        cost_rows: claim_cost::cost_rows(&additional_costs),
        additional_costs,
        restored_coupons,
        taken_back: conditions.taken_back,
        cancelled_gifts,
        accrual_taken_back: accrual::total(&accrual_rows)?,
        accrual_rows,
        mileage_restored: settlement.mileage_restored,
        mileage_restores: settlement.mileage_restores,
        refund: settlement.refund,
        additional_payment: settlement.additional_payment,
        needs_refund_account: settlement.needs_refund_account,
        refunds: settlement.refunds,
        calculation: explanation.into_lines(),
        is_unpaid,
    };
    identities::check(&cost)?;
    Ok(cost)
}

/// An amount, or the refusal to go on without one.
fn known(amount: Option<Won>) -> Result<Won, Overflow> {
    amount.ok_or(Overflow)
}
