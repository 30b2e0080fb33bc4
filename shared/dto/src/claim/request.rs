use serde::{Deserialize, Serialize};

use crate::nullable::null_as_empty;

/// 클레임 요청: what is to be claimed. Everything may be missing here, so that all of it is reported at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRequest {
    pub ord_no: Option<String>,
    /// 10 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub claim_goods_list: Vec<ClaimGoodsRequest>,
}

/// 클레임 요청 상품
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimGoodsRequest {
    pub ord_seq: Option<i32>,
    pub claim_qty: Option<i64>,
}
