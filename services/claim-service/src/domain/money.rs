//! 클레임비용: what a claim gives back and what it costs (contract, section 5, "The cost of a cancel"; returns and exchanges:
//! rules 9 to 17).
//!
//! Preview and execution are these functions, so the amount shown is the amount executed.
//! The modules are the table of contents of the rules.

pub mod acceptance;
pub mod claim_cost;
pub mod explanation;
pub mod ledger;
pub mod order_effect;
pub mod refund_account;
pub mod settlement;
pub mod terms;

mod accrual;
mod advance;
mod canonical;
mod claimed_lines;
mod conditions;
mod coupons;
mod delivery;
mod gifts;
mod goods;
mod identities;
mod left_behind;
mod outbound;
mod refusal;
mod sending_back;
#[cfg(test)]
pub(super) mod tests;
mod waiver;

use commerce::Won;

pub use claim_cost::{
    AccrualTakenBack, AdditionalCost, CancelledGift, ClaimCost, ClaimedGoods, CostReason, CostRow,
    DiscountTakenBack, Refund, RestoredCoupon, SentBack,
};
pub(crate) use claimed_lines::{free_of as claimed_free, left_of as claimed_left};
pub use explanation::{CalcLine, Calculation};
pub use refusal::{CancelRefusal, Overflow, ReturnRefusal, WholeOnly};

use self::advance::Advance;
use self::claim_cost::Reckoned;
use self::claimed_lines::Moves;
use self::explanation::Explanation;
use self::outbound::Outbound;
use self::terms::{ExchangeTerms, ReturnTerms};
use crate::domain::history::ClaimHistory;
use crate::domain::order::PaidOrder;
use crate::domain::policy::Policy;
use crate::domain::request::CancelRequest;

/// 취소비용 계산: what cancelling these units now would come to.
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
    let outbound = Outbound::of_cancel(history, policy.return_outbound);
    let goods = goods::cost(&moves, &mut explanation)?;
    let conditions = conditions::judge(order, history, &moves, rules, &mut explanation)?;
    let delivery = delivery::judge(order, history, &moves, &outbound, rules, &mut explanation)?;
    let restored_coupons = coupons::restore(order, history, &moves, &outbound, &conditions)?;
    let cancelled_gifts = gifts::judge(order, history, &moves, rules)?;
    let accrual_rows = accrual::take_back(order, &moves)?;

    let settlement = if is_unpaid {
        settlement::unpaid(order, history, &mut explanation)?
    } else {
        let at = request.asked_at();
        settlement::settle(order, history, policy, at, Won::ZERO, &mut explanation)?.of_a_cancel()?
    };

    let mut additional_costs = delivery.costs;
    additional_costs.extend(conditions.costs());
    if is_unpaid {
        additional_costs.clear();
    }
    let cost = Reckoned {
        goods,
        additional_costs,
        restored_coupons,
        taken_back: conditions.taken_back,
        cancelled_gifts,
        accrual_rows,
        settlement,
        calculation: explanation.into_lines(),
        is_unpaid,
        sent_back: None,
    };
    Ok(cost.of_order(order)?)
}

/// 반품비용 계산: what returning these units would come to if it were settled now.
pub fn quote_return(
    order: &PaidOrder,
    history: &ClaimHistory,
    terms: &ReturnTerms,
    policy: &Policy,
) -> Result<ClaimCost, ReturnRefusal> {
    let rules = policy.rules(terms.blame);
    let moves = Moves::of_return(order, history, &terms.goods)?;
    let group = sending_back::group_of(order, terms.goods.iter().map(|goods| goods.line_seq))?;

    let mut explanation = Explanation::default();
    let outbound = Outbound::of_return(history, policy.return_outbound, terms.blame, group.number);
    let goods = goods::cost(&moves, &mut explanation)?;
    let conditions = conditions::judge(order, history, &moves, rules, &mut explanation)?;
    let delivery = delivery::judge(order, history, &moves, &outbound, rules, &mut explanation)?;
    let fee = sending_back::return_fee(group, terms, rules, &mut explanation)?;
    let mut restored_coupons = coupons::restore(order, history, &moves, &outbound, &conditions)?;
    restored_coupons.extend(sending_back::coupon_not_needed(terms, fee.as_ref()));
    let cancelled_gifts = gifts::send_back(gifts::judge(order, history, &moves, rules)?, terms.method);
    let gifts_kept = gifts::charge_kept(order, &cancelled_gifts, terms, &mut explanation)?;
    let accrual_rows = accrual::take_back(order, &moves)?;

    let mut additional_costs = delivery.costs;
    additional_costs.extend(fee);
    additional_costs.extend(conditions.costs());
    additional_costs.extend(gifts_kept);
    additional_costs.extend(waiver::waive(&additional_costs, terms.waived, &mut explanation)?);
    let settled = settlement::settle(order, history, policy, terms.at, terms.waived, &mut explanation)?;
    let mut settlement = settled.of_a_return();
    let advance = Advance::of(&terms.paid_in_advance, settlement.net()?)?;
    settlement.needs_refund_account |= settlement::need_refund_account(&advance.refunds, order, terms.at);
    let cost = Reckoned {
        goods,
        sent_back: Some(SentBack {
            blame: terms.blame,
            method: terms.method,
            group_no: group.number,
            free_return_coupon: terms.free_return_coupon.as_ref().map(|coupon| coupon.coupon_no.clone()),
            paid_in_advance: advance.paid,
            advance_refunds: advance.refunds,
            still_due: advance.still_due,
            waived: terms.waived,
            cut: waiver::cut(&settlement.limits)?,
        }),
        additional_costs,
        restored_coupons,
        taken_back: conditions.taken_back,
        cancelled_gifts,
        accrual_rows,
        settlement,
        calculation: explanation.into_lines(),
        is_unpaid: false,
    };
    Ok(cost.of_order(order)?)
}

/// 교환비용 계산: what exchanging these units costs; no goods move money.
pub fn quote_exchange(
    order: &PaidOrder,
    history: &ClaimHistory,
    terms: &ExchangeTerms,
    policy: &Policy,
) -> Result<ClaimCost, ReturnRefusal> {
    let rules = policy.rules(terms.blame);
    let group = sending_back::group_of(order, terms.goods.iter().map(|goods| goods.line_seq))?;
    let goods = goods::exchanged(order, history, &terms.goods)?;

    let mut explanation = Explanation::default();
    let mut additional_costs = Vec::new();
    additional_costs.extend(sending_back::exchange_fee(group, terms, rules, &mut explanation)?);
    additional_costs.extend(waiver::waive(&additional_costs, terms.waived, &mut explanation)?);
    let mut settlement = settlement::fee_alone(&explanation)?;
    let advance = Advance::of(&terms.paid_in_advance, settlement.net()?)?;
    settlement.needs_refund_account = settlement::need_refund_account(&advance.refunds, order, terms.at);
    let cost = Reckoned {
        goods,
        sent_back: Some(SentBack {
            blame: terms.blame,
            method: terms.method,
            group_no: group.number,
            free_return_coupon: None,
            paid_in_advance: advance.paid,
            advance_refunds: advance.refunds,
            still_due: advance.still_due,
            waived: terms.waived,
            cut: Won::ZERO,
        }),
        additional_costs,
        restored_coupons: Vec::new(),
        taken_back: Vec::new(),
        cancelled_gifts: Vec::new(),
        accrual_rows: Vec::new(),
        settlement,
        calculation: explanation.into_lines(),
        is_unpaid: false,
    };
    Ok(cost.of_order(order)?)
}

/// An amount, or the refusal to go on without one.
fn known(amount: Option<Won>) -> Result<Won, Overflow> {
    amount.ok_or(Overflow)
}
