use commerce::{MemberNo, SiteNo};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;
use crate::member::CountPurpose;

/// 클레임 건수 조회 요청: the query of `GET /internal/claims/count`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimCountQuery {
    pub mbr_no: MemberNo,
    pub site_no: SiteNo,
    pub req_gubun: CountPurpose,
    /// For the page: completed claims count from this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cmpl_after: Option<KstDateTime>,
}

/// 클레임 건수
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimCountAnswer {
    pub claim_cnt: i32,
}
