//! 건수 대상 클레임

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus, MemberNo, SiteNo};

/// What member-service counts a claim of a member by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedClaim {
    pub number: ClaimNo,
    pub member_no: MemberNo,
    pub site_no: SiteNo,
    pub status: ClaimStatus,
    pub completed_at: Option<DateTime<Utc>>,
}
