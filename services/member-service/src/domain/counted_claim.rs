//! 회원 클레임: a cancel, a return or an exchange of a member, as far as it is counted.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus, MemberNo, SiteNo};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedClaim {
    pub claim_no: ClaimNo,
    pub member_no: MemberNo,
    pub site_no: SiteNo,
    pub standing: Standing,
}

/// What counts: an open one always, a complete one for a while, a rejected one never. What is not open stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    Complete(DateTime<Utc>),
    Rejected,
}

impl Standing {
    /// None where the status and the completion contradict each other.
    pub const fn of(status: ClaimStatus, completed_at: Option<DateTime<Utc>>) -> Option<Self> {
        match (status, completed_at) {
            (ClaimStatus::Requested | ClaimStatus::InProgress, None) => Some(Self::Open),
            (ClaimStatus::Complete, Some(at)) => Some(Self::Complete(at)),
            (ClaimStatus::Rejected, None) => Some(Self::Rejected),
            (ClaimStatus::Requested | ClaimStatus::InProgress | ClaimStatus::Rejected, Some(_))
            | (ClaimStatus::Complete, None) => None,
        }
    }
}
