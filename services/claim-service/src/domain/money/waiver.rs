//! Rule 16: what an agent waives, and that it does not go back once more.

use commerce::{CostBearer, CostKind, Won};

use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::{AdditionalCost, CostReason, Overflow, ReturnRefusal, known};

/// 감면: up to what the claim takes from the customer, borne by our side.
pub(super) fn waive(
    costs: &[AdditionalCost],
    waived: Won,
    explanation: &mut Explanation,
) -> Result<Vec<AdditionalCost>, ReturnRefusal> {
    if waived.is_negative() {
        return Err(ReturnRefusal::Contradiction("less than nothing is waived"));
    }
    let most = takings(costs)?;
    if waived > most {
        return Err(ReturnRefusal::WaiverTooLarge { most });
    }
    if waived.is_zero() {
        return Ok(Vec::new());
    }
    explanation.add(Calculation::Waived { amount: waived })?;
    Ok(both_sides(known(waived.checked_neg())?, CostReason::Waived)?)
}

/// What a claim takes from the customer.
pub(super) fn takings(costs: &[AdditionalCost]) -> Result<Won, Overflow> {
    let taken = costs.iter().filter(|row| {
        row.bearer == CostBearer::Customer
            && row.amount.is_positive()
            && match row.kind {
                CostKind::DeliveryFee
                | CostKind::ReturnFee
                | CostKind::ExchangeFee
                | CostKind::DiscountTakenBack
                | CostKind::GiftNotReturned => row.reason != CostReason::BeyondPayments,
                CostKind::Waived => false,
            }
    });
    known(Won::sum(taken.map(|row| row.amount)))
}

/// What was waived before would go back as if it had been paid: our side keeps it.
pub(super) fn cut_rows(cut: Won) -> Result<Vec<AdditionalCost>, Overflow> {
    both_sides(cut, CostReason::WaivedBefore)
}

/// The part of these rows that keeps what was waived before.
pub(super) fn cut(costs: &[AdditionalCost]) -> Result<Won, Overflow> {
    known(Won::sum(costs.iter().filter(|row| row.is_cut()).map(|row| row.amount)))
}

/// The customer bears it, and our side so much less.
fn both_sides(amount: Won, reason: CostReason) -> Result<Vec<AdditionalCost>, Overflow> {
    if amount.is_zero() {
        return Ok(Vec::new());
    }
    let row = |amount: Won, bearer: CostBearer| AdditionalCost {
        kind: CostKind::Waived,
        group_no: None,
        line_seq: None,
        vendor_no: None,
        discount: None,
        amount,
        bearer,
        reason,
    };
    let other = known(amount.checked_neg())?;
    Ok(vec![row(amount, CostBearer::Customer), row(other, CostBearer::OurSide)])
}
