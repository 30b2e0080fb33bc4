//! Rule 15: money that was paid in advance and held until the claim is settled.

use commerce::Won;

use crate::domain::history::AdditionalPayment;
use crate::domain::money::{Overflow, Refund, known};

/// 선결제 정산
pub(super) struct Advance {
    pub(super) paid: Won,
    /// What goes back, in the order of the payment numbers.
    pub(super) refunds: Vec<Refund>,
    pub(super) still_due: Won,
}

impl Advance {
    /// What the claim takes by its net stays; what it does not need goes back, and what it lacks is due.
    pub(super) fn of(payments: &[AdditionalPayment], net: Won) -> Result<Self, Overflow> {
        let paid = known(Won::sum(payments.iter().map(|payment| payment.amount)))?;
        let balance = known(paid.checked_add(net.min(Won::ZERO)))?;
        let mut rest = balance.max(Won::ZERO);
        let mut by_number: Vec<&AdditionalPayment> = payments.iter().collect();
        by_number.sort_by(|one, other| one.payment_no.cmp(&other.payment_no));
        let mut refunds = Vec::new();
        for payment in by_number {
            let amount = rest.min(payment.amount);
            if amount.is_positive() {
                rest = known(rest.checked_sub(amount))?;
                let (payment_no, means) = (payment.payment_no.clone(), payment.means);
                refunds.push(Refund { payment_no, means, amount, by_transfer: false });
            }
        }
        Ok(Self { paid, refunds, still_due: known(balance.min(Won::ZERO).checked_neg())? })
    }
}
