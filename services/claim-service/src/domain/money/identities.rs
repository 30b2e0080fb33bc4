//! What must hold between the parts of a computed cost, said a second time. A cost that fails is our bug.

use commerce::{CostBearer, CostKind, PayMeans, Won};

use crate::domain::money::refusal::Unsound;
use crate::domain::money::waiver::takings;
use crate::domain::money::{ClaimCost, Overflow, SentBack};

pub(super) fn check(cost: &ClaimCost) -> Result<(), Unsound> {
    let net = cost.net().ok_or(Overflow)?;
    let explained = sum(cost.calculation.iter().map(super::CalcLine::amount))?;
    holds(explained == net, "the explanation does not add up to the refund")?;

    let refunded = sum(cost.refunds.iter().map(|refund| refund.amount))?;
    holds(refunded == cost.refund, "refunds of payments do not add up to the refund")?;
    holds(
        !cost.refund.is_negative() && !cost.additional_payment.is_negative(),
        "a refund or an additional payment is negative",
    )?;
    holds(
        cost.refund.is_zero() || cost.additional_payment.is_zero(),
        "money is both refunded and asked for",
    )?;
    holds(
        cost.goods
            .iter()
            .all(|goods| !goods.discount_amount.is_negative() && !goods.net_amount.is_negative()),
        "a line's share is negative",
    )?;
    if cost.is_unpaid {
        return holds(
            cost.refunds.is_empty() && cost.additional_costs.is_empty() && net.is_zero(),
            "money moves for an order that is not paid",
        );
    }

    let goods = sum(cost.goods.iter().map(|goods| goods.net_amount))?;
    let borne = cost.additional_costs.iter().filter(|row| row.bearer == CostBearer::Customer);
    let borne = sum(borne.map(|row| row.amount))?;
    holds(goods.checked_sub(borne) == Some(net), "goods less costs are not the refund")?;
    let of_mileage = cost.refunds.iter().filter(|refund| refund.means == PayMeans::Mileage);
    let of_mileage = sum(of_mileage.map(|refund| refund.amount))?;
    holds(of_mileage == cost.mileage_restored, "mileage restored is not what its payments give back")?;
    check_waiver(cost)?;
    cost.sent_back.as_ref().map_or(Ok(()), |sent_back| check_advance(sent_back, net))
}

/// What is waived or cut only moves between the customer and our side.
fn check_waiver(cost: &ClaimCost) -> Result<(), Unsound> {
    let of_waiver = || cost.additional_costs.iter().filter(|row| row.kind == CostKind::Waived);
    let moved = sum(of_waiver().map(|row| row.amount))?;
    holds(moved.is_zero(), "what is waived is borne by nobody")?;
    let by_customer =
        sum(of_waiver().filter(|row| row.bearer == CostBearer::Customer).map(|row| row.amount))?;
    let cut = cost.cut().ok_or(Overflow)?;
    holds(cut.checked_sub(cost.waived()) == Some(by_customer), "what is waived is not what its rows say")?;
    holds(!cut.is_negative() && !cost.waived().is_negative(), "less than nothing is waived or cut")?;
    holds(cost.waived() <= takings(&cost.additional_costs)?, "more is waived than was taken")?;
    let told = cost.sent_back.as_ref().is_none_or(|sent_back| sent_back.cut == cut);
    holds(told, "what is cut is not what its rows say")
}

/// Money held pays what the net takes; what is too much goes back, and what is too little is due.
fn check_advance(sent_back: &SentBack, net: Won) -> Result<(), Unsound> {
    let back = sum(sent_back.advance_refunds.iter().map(|refund| refund.amount))?;
    let is_sound = sent_back.advance_refunds.iter().all(|refund| refund.amount.is_positive());
    holds(is_sound && back <= sent_back.paid_in_advance, "more than was held goes back")?;
    let kept = sent_back.paid_in_advance.checked_sub(back).ok_or(Overflow)?;
    let brought = kept.checked_add(sent_back.still_due).ok_or(Overflow)?;
    holds(net.min(Won::ZERO).checked_neg() == Some(brought), "what is kept and due is not what is taken")?;
    holds(
        !sent_back.still_due.is_negative() && (back.is_zero() || sent_back.still_due.is_zero()),
        "money held goes back and is asked for",
    )
}

fn holds(is_true: bool, what: &'static str) -> Result<(), Unsound> {
    if is_true { Ok(()) } else { Err(Unsound::Contradiction(what)) }
}

fn sum(amounts: impl Iterator<Item = Won>) -> Result<Won, Overflow> {
    Won::sum(amounts).ok_or(Overflow)
}
