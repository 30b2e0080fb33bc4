//! 교환 분개: what the fee of an exchange moves once it is final, and what of it comes back should the exchange end all the same.

use commerce::{ClaimNo, SagaStep};

use crate::domain::money::ledger::{Journal, Posting};
use crate::domain::money::{ClaimCost, Overflow};

/// 교환배송비 확정: what was held for it is spent.
pub fn fee_postings(claim_no: &ClaimNo, cost: &ClaimCost) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Refund);
    journal.give_up(cost)?;
    Ok(journal.into_postings())
}

/// 교환배송비 취소: it is held again, and nobody bears anything.
pub fn fee_back_postings(claim_no: &ClaimNo, cost: &ClaimCost) -> Result<Vec<Posting>, Overflow> {
    let postings = fee_postings(claim_no, cost)?.into_iter();
    postings
        .map(|posting| {
            let amount = posting.amount.checked_neg().ok_or(Overflow)?;
            Ok(Posting { amount, ..posting })
        })
        .collect()
}
