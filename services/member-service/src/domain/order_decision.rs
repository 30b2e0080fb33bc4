//! 클레임 결정: what the order says to a claim. It is said once and never taken back.

use commerce::{ClaimNo, ClaimType};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// 확정: done, in the same transaction.
    Confirmed,
    /// 거부: the order has gone on; nothing of it has changed.
    Rejected,
}

/// A claim that asks, and by what it is known when it asks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub claim_no: ClaimNo,
    pub claim_type: ClaimType,
    /// Over everything the claim asks for.
    pub digest: String,
}

/// A claim number that was used before for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a claim of this number asked for something else")]
pub struct OtherClaim;

/// 클레임 결정 기록
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedDecision {
    pub digest: String,
    pub decision: Decision,
}

impl RecordedDecision {
    /// What was said, if it was said to the same question.
    pub fn repeated_to(&self, question: &Question) -> Result<Decision, OtherClaim> {
        if self.digest == question.digest { Ok(self.decision) } else { Err(OtherClaim) }
    }
}
