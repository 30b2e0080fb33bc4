//! claim-service: its counts, and the withdrawal it must hear of.

use chrono::{DateTime, Utc};
use commerce::{MemberNo, SiteNo};
use contract::operations::claim::{INTERNAL_CLAIMS_COUNT, INTERNAL_MEMBERS_WITHDRAWAL};
use dto::claim::ClaimCountAnswer;
use dto::date_time::KstDateTime;
use dto::internal::MemberWithdrawal;
use dto::member::CountPurpose;
use platform::http_client::{ClientError, ServiceClient, get, post};

use crate::domain::order_windows::Purpose;

#[derive(Clone, Debug)]
pub struct ClaimService(pub ServiceClient);

impl ClaimService {
    /// 클레임 건수: claims under way, and for the member's page those completed since an instant.
    pub async fn count(
        &self,
        member_no: &MemberNo,
        site_no: &SiteNo,
        purpose: Purpose,
        completed_from: Option<DateTime<Utc>>,
    ) -> Result<i32, ClientError> {
        let purpose = match purpose {
            Purpose::MyPage => CountPurpose::MyPage,
            Purpose::Quit => CountPurpose::Quit,
        };
        let completed_from = completed_from.map(|from| KstDateTime(from).to_string());
        let mut query =
            vec![("mbrNo", member_no.as_str()), ("siteNo", site_no.as_str()), ("reqGubun", purpose.wire())];
        query.extend(completed_from.as_deref().map(|from| ("cmplAfter", from)));
        let answer: ClaimCountAnswer = self.0.call(get(&INTERNAL_CLAIMS_COUNT, &query)).await?.bare()?;
        Ok(answer.claim_cnt)
    }

    /// 회원 탈퇴 전달
    pub async fn withdraw(&self, member_no: MemberNo) -> Result<(), ClientError> {
        let withdrawal = MemberWithdrawal { mbr_no: member_no };
        self.0.call(post(&INTERNAL_MEMBERS_WITHDRAWAL, &withdrawal)).await.map(drop)
    }
}
