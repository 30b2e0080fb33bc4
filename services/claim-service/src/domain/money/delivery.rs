//! Rules 3 and 10: delivery fees that become due or go back, per delivery group.

use std::collections::BTreeMap;

use commerce::{CostBearer, CostKind, Won, carried_by};

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::{LineMove, Moves};
use crate::domain::money::coupons::is_emptied;
use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::outbound::Outbound;
use crate::domain::money::{AdditionalCost, CostReason, Overflow, known};
use crate::domain::order::{DeliveryGroup, GroupOfLines, PaidOrder};
use crate::domain::policy::BlameRules;

#[derive(Debug, Default)]
pub(super) struct Delivery {
    pub(super) costs: Vec<AdditionalCost>,
}

/// 배송비 재계산 of every group with a line in the request.
pub(super) fn judge(
    order: &PaidOrder,
    history: &ClaimHistory,
    moves: &Moves<'_>,
    outbound: &Outbound<'_>,
    rules: BlameRules,
    explanation: &mut Explanation,
) -> Result<Delivery, Overflow> {
    let mut delivery = Delivery::default();
    for group in order.groups() {
        if !moves.touch(group.places.iter().copied()) {
            continue;
        }
        let charged = Charged::of(&group.group, history)?;
        let is_emptied = is_emptied(group, moves);
        if is_emptied && !outbound.is_used(group.group.number) {
            delivery.give_back(&group.group, &charged, outbound.is_return(), explanation)?;
        } else if let Some(due) = fee_due(group, is_emptied, &charged, moves, outbound)? {
            delivery.charge(&group.group, due, rules.fee_bearer, explanation)?;
        }
    }
    Ok(delivery)
}

/// 청구배송비: what a group has been charged so far, net of what went back.
struct Charged {
    at_all: Won,
    customer: Won,
    others: BTreeMap<CostBearer, Won>,
}

impl Charged {
    fn of(group: &DeliveryGroup, history: &ClaimHistory) -> Result<Self, Overflow> {
        let mut charged =
            Self { at_all: group.fee_charged, customer: group.fee_charged, others: BTreeMap::new() };
        for (bearer, amount) in history.delivery_costs(group.number) {
            charged.at_all = known(charged.at_all.checked_add(amount))?;
            match bearer {
                CostBearer::Customer => charged.customer = known(charged.customer.checked_add(amount))?,
                CostBearer::Vendor | CostBearer::OurSide => {
                    charged.others.insert(bearer, amount);
                }
            }
        }
        Ok(charged)
    }
}

/// A fee for the way out, and why it is due.
struct FeeDue {
    amount: Won,
    calculation: Calculation,
    reason: CostReason,
}

/// 무료배송 조건 재평가: only for a group that was delivered free, and only once. Who used the delivery and keeps nothing of it
/// pays for the way out too where it was free without a condition.
fn fee_due(
    group: &GroupOfLines,
    is_emptied: bool,
    charged: &Charged,
    moves: &Moves<'_>,
    outbound: &Outbound<'_>,
) -> Result<Option<FeeDue>, Overflow> {
    let delivery = &group.group;
    let group_no = delivery.number;
    if !charged.at_all.is_zero() || delivery.coupon.is_some() {
        return Ok(None);
    }
    let Some(free_from) = delivery.free_from.filter(|free_from| free_from.is_positive()) else {
        let (amount, reason) = (delivery.first_fee, CostReason::NothingKept);
        let calculation = Calculation::FirstDeliveryFee { group_no, fee: amount };
        return Ok(is_emptied.then_some(FeeDue { amount, calculation, reason }));
    };
    let lines = || group.places.iter().map(|place| moves.at(*place));
    let left = sum(lines().map(|line_move| worth(line_move, outbound.units_kept(line_move))))?;
    let as_ordered = sum(lines().map(|line_move| worth(line_move, line_move.line.quantity)))?;
    let is_lost = left < free_from && as_ordered >= free_from;
    let (amount, reason) = (delivery.base_fee, CostReason::FreeDeliveryLost { free_from });
    let calculation = Calculation::DeliveryFeeDue { group_no, base_fee: amount, left, free_from };
    Ok(is_lost.then_some(FeeDue { amount, calculation, reason }))
}

/// What some units of a line are worth less its own discounts as ordered, taken back since or not.
fn worth(line_move: &LineMove<'_>, units: i64) -> Option<Won> {
    let line = line_move.line;
    let carried = carried_by(line.own_discount()?, units, line.quantity)?;
    line.unit_price.checked_mul(units)?.checked_sub(carried)
}

fn sum(amounts: impl Iterator<Item = Option<Won>>) -> Result<Won, Overflow> {
    known(amounts.collect::<Option<Vec<Won>>>().and_then(Won::sum))
}

impl Delivery {
    fn charge(
        &mut self,
        group: &DeliveryGroup,
        due: FeeDue,
        bearer: CostBearer,
        explanation: &mut Explanation,
    ) -> Result<(), Overflow> {
        if due.amount.is_zero() {
            return Ok(());
        }
        if bearer == CostBearer::Customer {
            explanation.add(due.calculation)?;
        }
        self.costs.push(row(group, due.amount, bearer, due.reason));
        Ok(())
    }

    /// Everybody gets back what it was charged; the customer less what the coupon had paid.
    fn give_back(
        &mut self,
        group: &DeliveryGroup,
        charged: &Charged,
        is_returned: bool,
        explanation: &mut Explanation,
    ) -> Result<(), Overflow> {
        let back = explanation.add_unless_zero(Calculation::DeliveryFeeBack {
            group_no: group.number,
            charged: charged.customer,
            coupon: group.coupon.as_ref().map_or(Won::ZERO, |coupon| coupon.amount),
            is_returned,
        })?;
        let reason = if is_returned { CostReason::GroupReturned } else { CostReason::GroupCancelled };
        let others = charged.others.iter().map(|(bearer, amount)| (*bearer, *amount));
        for (bearer, amount) in std::iter::once((CostBearer::Customer, back)).chain(others) {
            if !amount.is_zero() {
                let amount = known(amount.checked_neg())?;
                self.costs.push(row(group, amount, bearer, reason));
            }
        }
        Ok(())
    }
}

fn row(group: &DeliveryGroup, amount: Won, bearer: CostBearer, reason: CostReason) -> AdditionalCost {
    AdditionalCost {
        kind: CostKind::DeliveryFee,
        group_no: Some(group.number),
        line_seq: None,
        vendor_no: Some(group.vendor_no.clone()),
        discount: None,
        amount,
        bearer,
        reason,
    }
}
