//! cs-inquiry-service: the withdrawal it must hear of.

use commerce::MemberNo;
use contract::operations::inquiry::INTERNAL_MEMBERS_WITHDRAWAL;
use dto::internal::MemberWithdrawal;
use platform::http_client::{ClientError, ServiceClient, post};

#[derive(Clone, Debug)]
pub struct InquiryService(pub ServiceClient);

impl InquiryService {
    /// 회원 탈퇴 전달
    pub async fn withdraw(&self, member_no: MemberNo) -> Result<(), ClientError> {
        let withdrawal = MemberWithdrawal { mbr_no: member_no };
        self.0.call(post(&INTERNAL_MEMBERS_WITHDRAWAL, &withdrawal)).await.map(drop)
    }
}
