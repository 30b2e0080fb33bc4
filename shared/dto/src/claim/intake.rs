use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, OrderNo};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_LINES, MOST_ROWS, at_most};
use crate::date_time::KstDateTime;

/// 클레임 수신 요청: claims another system took, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClaimIntakeRequest {
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub claims: Vec<ImportedClaim>,
}

/// 수신클레임
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportedClaim {
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    /// 22 is read as 20 in status 30.
    pub claim_business_type: ClaimType,
    pub claim_stat_cd: ClaimStatus,
    pub claim_rsn_cd: ClaimReason,
    pub req_dtm: KstDateTime,
    /// Only of a complete one.
    pub cmpl_dtm: Option<KstDateTime>,
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods_list: Vec<ImportedClaimGoods>,
}

/// 수신클레임 상품
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportedClaimGoods {
    pub ord_seq: i32,
    pub claim_qty: i64,
}

/// 클레임 수신 응답
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimIntakeAnswer {
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
}
