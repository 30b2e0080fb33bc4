//! 건수 전달: the claims that member-service counts for a member's page.

use commerce::{ClaimNo, ClaimStatus, MemberNo, SiteNo, Yn};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_COUNTED_CLAIMS, at_most};
use crate::date_time::KstDateTime;

/// The body of `POST /internal/countedClaims`. A repeat changes nothing, and neither does one that comes late: a claim ends once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountedClaims {
    /// Y when nothing else was to be told of when this was written.
    pub all_yn: Yn,
    /// Each claim once.
    #[serde(deserialize_with = "at_most::<MOST_COUNTED_CLAIMS, _, _>")]
    pub claim_list: Vec<CountedClaim>,
}

/// A cancel, a return or an exchange of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountedClaim {
    pub claim_no: ClaimNo,
    pub mbr_no: MemberNo,
    pub site_no: SiteNo,
    pub claim_stat_cd: ClaimStatus,
    /// Of a complete one (30), and of no other.
    pub cmpl_dtm: Option<KstDateTime>,
}
