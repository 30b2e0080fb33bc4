use commerce::{ClaimNo, ClaimStatus, Won};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 교환배송상태 저장 요청. Everything may be missing here, so that all of it is reported at once.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeDeliveryRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 13 배송중, 15 배송완료
    pub ord_dtl_stat_cd: Option<String>,
    /// 택배사와 송장번호: both for 13, unless the goods are e-coupons.
    pub hdc_cd: Option<String>,
    pub inv_no: Option<String>,
    /// When it left, or arrived.
    pub dtm: Option<KstDateTime>,
}

debug_only!(ExchangeDeliveryRequest { ord_no, claim_no, ord_dtl_stat_cd });

/// 교환 반품전환 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConversionRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 귀책구분 and 사유 of the return, where they are not the exchange's.
    pub impt_div_cd: Option<String>,
    pub claim_rsn_cd: Option<String>,
}

/// 클레임 진행상태
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimStanding {
    pub claim_no: ClaimNo,
    pub claim_stat_cd: ClaimStatus,
}

/// 교환단품 확인 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeItemRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub goods_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub itm_no: Option<String>,
    /// 1 where it is missing.
    pub claim_qty: Option<i64>,
    /// What it should cost today.
    pub sale_prc: Option<Won>,
}
