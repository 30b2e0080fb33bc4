use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, CouponIssueNo, GoodsNo, ItemNo, OrderNo, PayMeans,
    PaymentNo, PromotionNo, PromotionType, RefundMethod, RefundStatus, RequesterRole, SagaStep,
    SagaStepStatus, Won, Yn,
};
use serde::{Deserialize, Serialize};

use super::collection_details::CollectionDetails;
use super::cost::{CancelledGift, ClaimCost};
use crate::date_time::KstDateTime;
use crate::order::DeliveryAddress;

/// 클레임 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimDetailsRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
}

/// 클레임 상세: what was claimed, what it came to, and how far it has come.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimDetails {
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub claim_business_type: ClaimType,
    pub claim_business_type_nm: String,
    pub claim_stat_cd: ClaimStatus,
    pub claim_stat_nm: String,
    /// Null for an option change, as the next three are.
    pub claim_rsn_cd: Option<ClaimReason>,
    pub claim_rsn_nm: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    pub impt_div_cd: Option<Blame>,
    /// In which role it was asked for; null of a claim another system took, and of one from before this was kept.
    pub req_role_cd: Option<RequesterRole>,
    pub req_dtm: KstDateTime,
    pub cmpl_dtm: Option<KstDateTime>,
    /// As it was accepted; of a return or an exchange as it was shown, until its cost is final. Null for a claim another system took
    /// and for an option change.
    pub cost: Option<ClaimCost>,
    pub rfd_list: Vec<ClaimRefund>,
    pub restore_cpn_list: Vec<ClaimCoupon>,
    /// 재고복원
    pub stk_list: Vec<ClaimStock>,
    pub cncl_gift_list: Vec<CancelledGift>,
    pub dlvp_list: Vec<DeliveryAddress>,
    pub step_list: Vec<ClaimStep>,
    /// What only a return or an exchange of ours has; other answers end here.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub collection: Option<CollectionDetails>,
}

debug_only!(ClaimDetails { claim_no, ord_no, claim_stat_cd });

/// 환불 현황 of one payment
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRefund {
    pub pay_no: PaymentNo,
    pub pay_means_cd: PayMeans,
    pub pay_means_nm: String,
    pub rfd_amt: Won,
    pub rfd_stat_cd: RefundStatus,
    /// Null until it is done.
    pub rfd_dtm: Option<KstDateTime>,
    /// 환불방법; of a cancel only where it is 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rfd_meth_cd: Option<RefundMethod>,
}

/// 쿠폰 복원 현황
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimCoupon {
    pub cpn_isu_no: CouponIssueNo,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub restored_yn: Yn,
    /// Why it is not usable again, where that is settled.
    pub rsn: Option<String>,
}

/// 재고 복원
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimStock {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub qty: i64,
}

/// 처리 단계
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimStep {
    pub step_cd: SagaStep,
    pub step_nm: String,
    pub step_stat_cd: SagaStepStatus,
    /// Tries that brought no result.
    pub try_cnt: i64,
    /// When it last changed.
    pub dtm: Option<KstDateTime>,
}
