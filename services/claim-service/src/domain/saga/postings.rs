//! 분개: what one task moves once it is carried out, to be posted with its success.

use commerce::{ClaimNo, CouponIssueNo, PaymentNo, Won};

use crate::domain::money::ledger::{Account, Journal, Posting, Unit};
use crate::domain::money::{ClaimCost, Overflow};
use crate::domain::saga::{Effect, Outcome};

/// The claim's books, open for one task.
pub struct Books<'a> {
    pub(super) claim_no: &'a ClaimNo,
    pub(super) outcome: Outcome,
    cost: &'a ClaimCost,
    journal: Journal<'a>,
}

pub fn task_postings(
    claim_no: &ClaimNo,
    cost: &ClaimCost,
    effect: &Effect,
    outcome: Outcome,
) -> Result<Vec<Posting>, Overflow> {
    let mut books = Books { claim_no, outcome, cost, journal: Journal::new(claim_no, effect.saga_step()) };
    effect.post(&mut books)?;
    Ok(books.journal.into_postings())
}

impl Books<'_> {
    /// The order gives up the units.
    pub(super) fn give_up(&mut self) -> Result<(), Overflow> {
        self.journal.give_up(self.cost)
    }

    pub(super) fn transfer(
        &mut self,
        from: Account,
        to: Account,
        unit: &Unit,
        amount: i64,
    ) -> Result<(), Overflow> {
        self.journal.transfer(from, to, unit, amount)
    }

    /// A coupon comes back to its member, or lapses where it can't.
    pub(super) fn give_coupon_back(&mut self, coupon_no: &CouponIssueNo) -> Result<(), Overflow> {
        let to = match self.outcome {
            Outcome::Done => Account::MemberCoupons,
            Outcome::CouponExpired | Outcome::CouponUnknown | Outcome::CouponUsedElsewhere => {
                Account::CouponsLapsed
            }
        };
        self.transfer(Account::CouponsUsed, to, &Unit::Coupon(coupon_no.clone()), 1)
    }

    pub(super) fn refund(
        &mut self,
        from: Account,
        payment_no: PaymentNo,
        amount: Won,
    ) -> Result<(), Overflow> {
        self.transfer(from, Account::Refunded(payment_no), &Unit::Won, amount.amount())
    }

    /// Without a payment there is no debt to the customer: its mileage stood for what was never paid.
    pub(super) const fn debt(&self) -> Account {
        if self.cost.is_unpaid { Account::Receivable } else { Account::OwedToCustomer }
    }
}
