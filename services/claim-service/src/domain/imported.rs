//! 수신클레임: claims another system took. They only ever move forward.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, OrderNo};

use crate::domain::request::RequestedLine;

/// 수신클레임: as it is kept; type 22 has become 20 in 30.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedClaim {
    pub number: ClaimNo,
    pub order_no: OrderNo,
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    pub reason: ClaimReason,
    pub requested_at: DateTime<Utc>,
    /// Only of a complete one.
    pub completed_at: Option<DateTime<Utc>>,
    /// By line.
    pub lines: Vec<RequestedLine>,
}

/// What taking in a claim comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenIn {
    Created(ImportedClaim),
    /// The known claim, moved forward.
    Updated(ImportedClaim),
    Unchanged,
}

/// Why a claim is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TakeInRefusal {
    /// `CLAIM_EXISTS`
    #[error("claim `{0}` was taken in with other content")]
    OtherContent(ClaimNo),
    /// `CLAIM_STATUS_NOT_FORWARD`
    #[error("claim `{number}` can't go from {from} to {to}")]
    NotForward { number: ClaimNo, from: ClaimStatus, to: ClaimStatus },
    /// `CLAIM_QTY_EXCEEDED`, by the place among the claim's goods.
    #[error("more is claimed than is left, at place {0}")]
    QuantityExceeded(usize),
    /// `ORDER_LINE_NOT_FOUND`, by the place among the claim's goods.
    #[error("the order has no such line, at place {0}")]
    LineNotFound(usize),
}

impl ImportedClaim {
    /// 반품완료(22) is a return that is complete; lines come in one order.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        if self.claim_type == ClaimType::ReturnComplete {
            self.claim_type = ClaimType::Return;
            self.status = ClaimStatus::Complete;
        }
        self.completed_at = match self.status {
            ClaimStatus::Complete => Some(self.completed_at.unwrap_or(self.requested_at)),
            ClaimStatus::Requested | ClaimStatus::InProgress | ClaimStatus::Rejected => None,
        };
        self.lines.sort_by_key(|line| line.line_seq);
        self
    }

    /// Whether its units count as claimed.
    pub const fn holds_quantity(&self) -> bool {
        self.claim_type.takes_quantity() && !matches!(self.status, ClaimStatus::Rejected)
    }

    fn is_same_claim(&self, other: &Self) -> bool {
        self.order_no == other.order_no
            && self.claim_type == other.claim_type
            && self.reason == other.reason
            && self.requested_at == other.requested_at
            && self.lines == other.lines
    }
}

/// Whether a claim may move from one status to another: forward, steps skipped or not, and never out of an end.
pub const fn may_move(from: ClaimStatus, to: ClaimStatus) -> bool {
    match (from, to) {
        (ClaimStatus::Requested, ClaimStatus::InProgress | ClaimStatus::Complete | ClaimStatus::Rejected)
        | (ClaimStatus::InProgress, ClaimStatus::Complete | ClaimStatus::Rejected) => true,
        (ClaimStatus::Requested, ClaimStatus::Requested)
        | (ClaimStatus::InProgress, ClaimStatus::Requested | ClaimStatus::InProgress)
        | (
            ClaimStatus::Complete | ClaimStatus::Rejected,
            ClaimStatus::Requested | ClaimStatus::InProgress | ClaimStatus::Complete | ClaimStatus::Rejected,
        ) => false,
    }
}

/// Takes in a claim that may be known. `left_of` says what is left of a line, `None` where there is no such line.
pub fn take_in(
    known: Option<&ImportedClaim>,
    sent: ImportedClaim,
    left_of: impl Fn(i32) -> Option<i64>,
) -> Result<TakenIn, TakeInRefusal> {
    let places: Vec<RequestedLine> = sent.lines.clone();
    let sent = sent.normalised();
    let Some(known) = known else {
        check_quantities(&sent, &places, left_of)?;
        return Ok(TakenIn::Created(sent));
    };
    if !known.is_same_claim(&sent) {
        return Err(TakeInRefusal::OtherContent(sent.number));
    }
    if known.status == sent.status {
        return Ok(TakenIn::Unchanged);
    }
    if may_move(known.status, sent.status) {
        Ok(TakenIn::Updated(sent))
    } else {
        Err(TakeInRefusal::NotForward { number: sent.number, from: known.status, to: sent.status })
    }
}

/// Only a claim that holds units can exceed what is left; one known before was judged when it came.
fn check_quantities(
    sent: &ImportedClaim,
    places: &[RequestedLine],
    left_of: impl Fn(i32) -> Option<i64>,
) -> Result<(), TakeInRefusal> {
    let mut claimed: HashMap<i32, i64> = HashMap::new();
    for (place, line) in places.iter().enumerate() {
        let left = left_of(line.line_seq).ok_or(TakeInRefusal::LineNotFound(place))?;
        let claimed = claimed.entry(line.line_seq).or_default();
        *claimed = claimed.saturating_add(line.quantity);
        if sent.holds_quantity() && *claimed > left {
            return Err(TakeInRefusal::QuantityExceeded(place));
        }
    }
    Ok(())
}
