//! 건수 전달

use contract::operations::member::INTERNAL_COUNTED_CLAIMS;
use dto::bounded::MOST_COUNTED_CLAIMS;
use dto::date_time::KstDateTime;
use dto::internal::{self, CountedClaims};
use platform::http_client::{ClientError, post};

use crate::clients::member::MemberService;
use crate::domain::counted_claim::CountedClaim;

/// As many as one call may tell of.
pub const CLAIMS_AT_ONCE: usize = MOST_COUNTED_CLAIMS;

impl MemberService {
    /// Where claims stand; `are_all` says that nothing else is to be told. A repeat changes nothing, nor does one that comes late.
    pub async fn tell_claims(&self, claims: &[CountedClaim], are_all: bool) -> Result<(), ClientError> {
        let told = CountedClaims { all_yn: are_all.into(), claim_list: claims.iter().map(counted).collect() };
        self.0.call(post(&INTERNAL_COUNTED_CLAIMS, &told)).await.map(drop)
    }
}

fn counted(claim: &CountedClaim) -> internal::CountedClaim {
    internal::CountedClaim {
        claim_no: claim.number.clone(),
        mbr_no: claim.member_no.clone(),
        site_no: claim.site_no.clone(),
        claim_stat_cd: claim.status,
        cmpl_dtm: claim.completed_at.map(KstDateTime),
    }
}
