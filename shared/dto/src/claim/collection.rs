use serde::{Deserialize, Serialize};

use super::RefundAccountRequest;
use crate::bounded::{MOST_MOVED_CLAIMS, none_or_at_most};
use crate::date_time::KstDateTime;

/// 철회 요청: which return or exchange is wanted no longer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimWithdrawalRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
}

/// 교환 철회·보류 요청 of the back office.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeWithdrawalRequest {
    pub system_type: Option<String>,
    /// 20 or 30: the path says that it is an exchange.
    pub claim_business_type: Option<String>,
    pub ord_media_cd: Option<String>,
    pub ord_no: Option<String>,
    pub mbr_no: Option<String>,
    pub claim_no: Option<String>,
    /// 회수완료 대기처리 사유: with it goods that have come back are put on hold instead.
    pub wthd_fnsh_wait_proc_caus: Option<String>,
}

debug_only!(ExchangeWithdrawalRequest { ord_no, claim_no });

/// 접수승인 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimApprovalRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 회수방법, where it is to be another one than was asked for.
    pub wthd_mthd_cd: Option<String>,
}

/// 반려 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRejectionRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 반려사유코드
    pub rjt_rsn_cd: Option<String>,
    /// 반려사유내용
    pub rjt_rsn_cntt: Option<String>,
}

debug_only!(ClaimRejectionRequest { ord_no, claim_no, rjt_rsn_cd });

/// 회수송장 등록 요청: the customer has sent the goods.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionInvoiceRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 택배사코드, the shop's own.
    pub hdc_cd: Option<String>,
    /// 송장번호
    pub inv_no: Option<String>,
}

debug_only!(CollectionInvoiceRequest { ord_no, claim_no, hdc_cd });

/// 환불계좌 등록 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimAccountRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    pub rfd_acct: Option<RefundAccountRequest>,
}

debug_only!(ClaimAccountRequest { ord_no, claim_no });

/// 회수 진행상태 수정 요청: all rows move or none does.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionStatusRequest {
    /// Where the goods are, and where they come to: 31→33, 33→34, 33→36, 34→34 (another invoice), 34→36, 36→38 or 38→36.
    pub ord_dtl_stat_cd: Option<String>,
    pub update_target_ord_dtl_stat_cd: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_MOVED_CLAIMS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_MOVED_CLAIMS)))]
    pub withdraw_stat_update_save_info_list: Vec<CollectionStatusRow>,
}

debug_only!(CollectionStatusRequest { ord_dtl_stat_cd, update_target_ord_dtl_stat_cd });

/// 회수 진행상태 of one claim.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionStatusRow {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_no: Option<String>,
    /// Carrier and number: needed of goods that the shop fetches, unless the claim has them already.
    pub hdc_cd: Option<String>,
    pub inv_no: Option<String>,
    /// When it came there; now where it is missing.
    pub dtm: Option<KstDateTime>,
    /// 회수완료 대기처리 사유: needed into 38.
    pub wthd_fnsh_wait_proc_caus: Option<String>,
}

debug_only!(CollectionStatusRow { ord_no, claim_no });

/// 회수 진행상태 수정 응답
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionStatusAnswer {
    /// Claims that have moved; those that were there already are not counted.
    pub updated: i64,
}
