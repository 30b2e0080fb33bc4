use commerce::{ClaimNo, CostBearer, CostKind, PaymentNo, SagaStep, Won};

use crate::domain::money::ledger::{Account, Posting, Unit};
use crate::domain::money::{Calculation, ClaimCost, Overflow};

/// 전표: sets of postings of one step that add up to 0.
pub struct Journal<'a> {
    claim_no: &'a ClaimNo,
    step: SagaStep,
    postings: Vec<Posting>,
}

impl<'a> Journal<'a> {
    pub const fn new(claim_no: &'a ClaimNo, step: SagaStep) -> Self {
        Self { claim_no, step, postings: Vec::new() }
    }

    pub fn into_postings(self) -> Vec<Posting> {
        self.postings
    }

    pub fn transfer(&mut self, from: Account, to: Account, unit: &Unit, amount: i64) -> Result<(), Overflow> {
        self.post(from, unit.clone(), amount.checked_neg().ok_or(Overflow)?);
        self.post(to, unit.clone(), amount);
        Ok(())
    }

    /// The order gives up the units: each line of the explanation moves from where it was booked. Of what was held for the
    /// claim, what it takes is no longer held.
    pub fn give_up(&mut self, cost: &ClaimCost) -> Result<(), Overflow> {
        let cut = cost.cut().ok_or(Overflow)?.amount();
        for line in &cost.calculation {
            let from = match line.calculation() {
                Calculation::Goods { .. } => Account::Sales,
                Calculation::Discount { .. } => Account::Discounts,
                Calculation::DiscountTakenBack { .. } => Account::DiscountsTakenBack,
                Calculation::DeliveryFeeDue { group_no, .. }
                | Calculation::FirstDeliveryFee { group_no, .. }
                | Calculation::DeliveryFeeBack { group_no, .. } => Account::DeliveryFees(*group_no),
                Calculation::ReturnFee { group_no, .. } => Account::ReturnFees(*group_no),
                Calculation::ExchangeFee { group_no, .. } => Account::ExchangeFees(*group_no),
                Calculation::GiftNotReturned { .. } => Account::GiftsKept,
                Calculation::Waived { .. } => Account::Waived,
                Calculation::NotPaidYet { .. } => Account::Receivable,
                Calculation::RefundLimit { .. } => {
                    self.owe(Account::Waived, cut.checked_neg().ok_or(Overflow)?)?;
                    let beyond = line.amount().amount().checked_add(cut).ok_or(Overflow)?;
                    self.owe(Account::DiscountsTakenBack, beyond)?;
                    continue;
                }
            };
            self.owe(from, line.amount().amount())?;
        }
        for row in cost.additional_costs.iter().filter(|row| row.bearer != CostBearer::Customer) {
            let group_no = row.group_no.unwrap_or(0);
            let to = match row.kind {
                CostKind::DeliveryFee => Account::DeliveryFees(group_no),
                CostKind::ReturnFee => Account::ReturnFees(group_no),
                CostKind::ExchangeFee => Account::ExchangeFees(group_no),
                CostKind::Waived => Account::Waived,
                // Theirs is the customer's alone.
                CostKind::DiscountTakenBack | CostKind::GiftNotReturned => continue,
            };
            self.transfer(Account::BorneBy(row.bearer), to, &Unit::Won, row.amount.amount())?;
        }
        let Some(sent_back) = &cost.sent_back else { return Ok(()) };
        let back = Won::sum(sent_back.advance_refunds.iter().map(|refund| refund.amount));
        let taken = back.and_then(|back| sent_back.paid_in_advance.checked_sub(back)).ok_or(Overflow)?;
        self.owe(Account::HeldForClaim, taken.amount())
    }

    fn owe(&mut self, from: Account, amount: i64) -> Result<(), Overflow> {
        self.transfer(from, Account::OwedToCustomer, &Unit::Won, amount)
    }

    fn post(&mut self, account: Account, unit: Unit, amount: i64) {
        if amount != 0 {
            let (claim_no, step) = (self.claim_no.clone(), self.step);
            self.postings.push(Posting { claim_no, step, account, unit, amount });
        }
    }
}

/// 추가결제 수납: posted when the claim is accepted; the rest follows from its tasks.
pub fn additional_payment_postings(claim_no: &ClaimNo, amount: Won) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Refund);
    journal.transfer(Account::PaidForClaim, Account::OwedToCustomer, &Unit::Won, amount.amount())?;
    Ok(journal.into_postings())
}

/// 선결제 수납: posted when money for an open claim has come; what the claim takes of it is booked with its cost.
pub fn held_payment_postings(claim_no: &ClaimNo, amount: Won) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Refund);
    journal.transfer(Account::PaidForClaim, Account::HeldForClaim, &Unit::Won, amount.amount())?;
    Ok(journal.into_postings())
}

/// 선결제 환불: posted when held money has gone back, of a claim that ended all of it.
pub fn held_refund_postings(
    claim_no: &ClaimNo,
    payment_no: &PaymentNo,
    amount: Won,
) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Refund);
    let back = Account::Refunded(payment_no.clone());
    journal.transfer(Account::HeldForClaim, back, &Unit::Won, amount.amount())?;
    Ok(journal.into_postings())
}
