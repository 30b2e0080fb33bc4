//! 취소가능여부: what of an order may still be claimed, and how it would go back (`ClaimTarget`).

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::Won;
use commerce::claimable::NotClaimable;

use crate::domain::history::ClaimHistory;
use crate::domain::money::Overflow;
use crate::domain::money::settlement::{PaymentLeft, needs_refund_account, payments_left};
use crate::domain::order::{OrderLine, PaidOrder};
use crate::domain::policy::Policy;

/// 클레임가능여부 of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEligibility {
    pub line_seq: i32,
    /// 취소수량: units that claims hold already, open returns and exchanges too.
    pub quantity_claimed: i64,
    /// 클레임가능수량: 0 where the line can't be cancelled.
    pub quantity_claimable: i64,
    /// Why nothing can be cancelled, if so.
    pub refusal: Option<NotClaimable>,
    /// 옵션변경가능여부, as far as the order alone decides it.
    pub may_change_option: bool,
}

/// Every line, in the order's order.
pub fn lines(order: &PaidOrder, history: &ClaimHistory) -> Vec<LineEligibility> {
    order.lines().iter().map(|line| line_eligibility(line, history)).collect()
}

fn line_eligibility(line: &OrderLine, history: &ClaimHistory) -> LineEligibility {
    let facts = line.facts(history);
    let cancel = facts.cancel();
    LineEligibility {
        line_seq: line.seq,
        quantity_claimed: line.quantity.saturating_sub(facts.free()),
        quantity_claimable: cancel.unwrap_or(0),
        refusal: cancel.err(),
        may_change_option: facts.change_option().is_ok(),
    }
}

/// 환불수단: the payments, and what a refund of everything left would ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundMeans {
    /// In the order they are refunded.
    pub payments: Vec<PaymentLeft>,
    /// 부분취소가능여부: no payment with a remainder insists on going back whole.
    pub is_partly_refundable: bool,
    /// 환불계좌필요여부
    pub needs_refund_account: bool,
}

pub fn refund_means(
    order: &PaidOrder,
    history: &ClaimHistory,
    policy: &Policy,
    at: DateTime<Utc>,
) -> Result<RefundMeans, Overflow> {
    let payments = payments_left(order, history, policy.refund_order)?;
    let with_remainder = || payments.iter().filter(|payment| payment.left > Won::ZERO);
    Ok(RefundMeans {
        is_partly_refundable: with_remainder().all(|payment| payment.is_partly_refundable),
        // Nothing goes back for an order that was never paid.
        needs_refund_account: !order.awaits_payment()
            && with_remainder().any(|payment| {
                payment.is_transferred || needs_refund_account(payment.means, order.ordered_at(), at)
            }),
        payments,
    })
}
