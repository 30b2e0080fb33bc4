//! What must hold between the parts of a computed cost, said a second time. A cost that fails is our bug.

use commerce::{CostBearer, PayMeans, Won};

use super::{CancelRefusal, ClaimCost, Overflow};

pub(super) fn check(cost: &ClaimCost) -> Result<(), CancelRefusal> {
    let holds = |is_true: bool, what: &'static str| {
        if is_true { Ok(()) } else { Err(CancelRefusal::Contradiction(what)) }
    };
    let sum = |amounts: &mut dyn Iterator<Item = Won>| Won::sum(amounts).ok_or(Overflow);

    let net = cost.net().ok_or(Overflow)?;
    let explained = sum(&mut cost.calculation.iter().map(super::CalcLine::amount))?;
    holds(explained == net, "the explanation does not add up to the refund")?;

    let refunded = sum(&mut cost.refunds.iter().map(|refund| refund.amount))?;
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

    let goods = sum(&mut cost.goods.iter().map(|goods| goods.net_amount))?;
    let borne = cost.additional_costs.iter().filter(|row| row.bearer == CostBearer::Customer);
    let borne = sum(&mut borne.map(|row| row.amount))?;
    holds(goods.checked_sub(borne) == Some(net), "goods less costs are not the refund")?;
    let of_mileage = cost.refunds.iter().filter(|refund| refund.means == PayMeans::Mileage);
    let of_mileage = sum(&mut of_mileage.map(|refund| refund.amount))?;
    holds(of_mileage == cost.mileage_restored, "mileage restored is not what its payments give back")
}
