use commerce::{ClaimNo, CostBearer, CostKind, SagaStep, Won};

use super::{Account, Posting, Unit};
use crate::domain::cancel_saga::{Effect, Outcome};
use crate::domain::cost::{Calculation, ClaimCost, Overflow};
use crate::domain::option_change::StockMove;

/// Pairs and longer sets of postings of one task.
struct Journal<'a> {
    claim_no: &'a ClaimNo,
    step: SagaStep,
    postings: Vec<Posting>,
}

impl Journal<'_> {
    fn post(&mut self, account: Account, unit: Unit, amount: i64) {
        if amount != 0 {
            let (claim_no, step) = (self.claim_no.clone(), self.step);
            self.postings.push(Posting { claim_no, step, account, unit, amount });
        }
    }

    fn transfer(&mut self, from: Account, to: Account, unit: &Unit, amount: i64) -> Result<(), Overflow> {
        self.post(from, unit.clone(), amount.checked_neg().ok_or(Overflow)?);
        self.post(to, unit.clone(), amount);
        Ok(())
    }
}

/// What one task moves once it is carried out, to be posted with its success.
pub fn task_postings(
    claim_no: &ClaimNo,
    cost: &ClaimCost,
    effect: &Effect,
    outcome: Outcome,
) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal { claim_no, step: effect.saga_step(), postings: Vec::new() };
    match effect {
        Effect::ConfirmOrder => confirm(&mut journal, cost)?,
        Effect::ReturnAdditionalPayment { amount } => {
            let back = Account::Refunded(claim_no.clone().into());
            journal.transfer(Account::OwedToCustomer, back, &Unit::Won, amount.amount())?;
        }
        Effect::Refund { payment_no, amount, .. } => {
            let back = Account::Refunded(payment_no.clone());
            journal.transfer(Account::OwedToCustomer, back, &Unit::Won, amount.amount())?;
        }
        Effect::ReturnStock { goods_no, item_no, quantity } => {
            let piece = Unit::Piece(goods_no.clone(), item_no.clone());
            journal.transfer(Account::StockSold, Account::StockOnHand, &piece, *quantity)?;
        }
        Effect::RestoreCoupon { coupon_no } => {
            let to = match outcome {
                Outcome::Done => Account::MemberCoupons,
                Outcome::CouponExpired | Outcome::CouponUnknown | Outcome::CouponUsedElsewhere => {
                    Account::CouponsLapsed
                }
            };
            journal.transfer(Account::CouponsUsed, to, &Unit::Coupon(coupon_no.clone()), 1)?;
        }
        Effect::TakeBackAccrual { amount } => {
            journal.transfer(Account::MemberPoints, Account::PointsEarned, &Unit::Point, amount.amount())?;
        }
        Effect::RestoreMileage { payment_no, amount } => {
            // Without a payment there is no debt to the customer: the mileage stood for what was never paid.
            let from = if cost.is_unpaid { Account::Receivable } else { Account::OwedToCustomer };
            let back = Account::Refunded(payment_no.clone());
            journal.transfer(from, back, &Unit::Won, amount.amount())?;
            journal.transfer(Account::PointsUsed, Account::MemberPoints, &Unit::Point, amount.amount())?;
        }
        Effect::Notify => {}
    }
    Ok(journal.postings)
}

/// The order gives up the units: each line of the explanation moves from where it was booked.
fn confirm(journal: &mut Journal<'_>, cost: &ClaimCost) -> Result<(), Overflow> {
    for line in &cost.calculation {
        let from = match line.calculation() {
            Calculation::Goods { .. } => Account::Sales,
            Calculation::Discount { .. } => Account::Discounts,
            Calculation::DiscountTakenBack { .. } | Calculation::RefundLimit { .. } => {
                Account::DiscountsTakenBack
            }
            Calculation::DeliveryFeeDue { group_no, .. } | Calculation::DeliveryFeeBack { group_no, .. } => {
                Account::DeliveryFees(*group_no)
            }
            Calculation::NotPaidYet { .. } => Account::Receivable,
        };
        journal.transfer(from, Account::OwedToCustomer, &Unit::Won, line.amount().amount())?;
    }
    let by_others = cost.additional_costs.iter().filter(|row| match row.bearer {
        CostBearer::Customer => false,
        CostBearer::Vendor | CostBearer::OurSide => row.kind == CostKind::DeliveryFee,
    });
    for row in by_others {
        let fees = Account::DeliveryFees(row.group_no.unwrap_or(0));
        journal.transfer(Account::BorneBy(row.bearer), fees, &Unit::Won, row.amount.amount())?;
    }
    Ok(())
}

/// 추가결제 수납: posted when the claim is accepted; the rest follows from its tasks.
pub fn additional_payment_postings(claim_no: &ClaimNo, amount: Won) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal { claim_no, step: SagaStep::Refund, postings: Vec::new() };
    journal.transfer(Account::PaidForClaim, Account::OwedToCustomer, &Unit::Won, amount.amount())?;
    Ok(journal.postings)
}

/// 옵션변경: one item comes back, the other goes.
pub fn option_change_postings(claim_no: &ClaimNo, moved: &StockMove) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal { claim_no, step: SagaStep::Stock, postings: Vec::new() };
    let piece = |item_no: &commerce::ItemNo| Unit::Piece(moved.goods_no.clone(), item_no.clone());
    let (given_back, taken) = (piece(&moved.given_back), piece(&moved.taken));
    journal.transfer(Account::StockSold, Account::StockOnHand, &given_back, moved.quantity)?;
    journal.transfer(Account::StockOnHand, Account::StockSold, &taken, moved.quantity)?;
    Ok(journal.postings)
}
