use commerce::{
    Blame, ClaimReason, GoodsNo, ItemNo, LineStatus, MemberNo, OrderMedia, OrderNo, PayMeans, PaymentNo, Won,
    Yn,
};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 취소 팝업 조회 요청
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimTargetRequest {
    pub ord_no: Option<String>,
}

/// 클레임대상: what of an order may still be cancelled, and how it would go back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimTarget {
    pub ord_no: OrderNo,
    /// Null for a guest's order.
    pub mbr_no: Option<MemberNo>,
    pub ord_man_nm: String,
    pub ord_media_cd: OrderMedia,
    pub ord_dtm: KstDateTime,
    /// 부분취소가능여부: N if any payment with a remainder can only go back whole.
    pub sctn_cncl_psb_yn: Yn,
    pub ord_goods_list: Vec<ClaimTargetGoods>,
    pub claim_rsn_list: Vec<ClaimReasonChoice>,
    pub pay_list: Vec<ClaimTargetPayment>,
    /// Y if a refund of everything left would need an account.
    pub rfd_acct_req_yn: Yn,
}

debug_only!(ClaimTarget { ord_no });

/// 클레임대상상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimTargetGoods {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub goods_nm: String,
    pub itm_nm: String,
    pub goods_img: Option<String>,
    pub entr_no: String,
    pub ord_qty: i64,
    /// Units that claims hold already.
    pub cncl_qty: i64,
    pub claim_psb_qty: i64,
    pub sale_prc: Won,
    /// Everything taken off the line as ordered, its share of order promotions included.
    pub dc_amt: Won,
    pub ord_dtl_stat_cd: LineStatus,
    pub ord_dtl_stat_nm: String,
    pub claim_psb_yn: Yn,
    /// Why nothing can be cancelled; null where something can.
    pub claim_impsb_rsn: Option<String>,
    pub opt_chg_psb_yn: Yn,
}

/// 클레임사유
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimReasonChoice {
    pub claim_rsn_cd: ClaimReason,
    pub claim_rsn_nm: String,
    pub impt_div_cd: Blame,
}

/// 결제와 환불가능금액
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimTargetPayment {
    pub pay_no: PaymentNo,
    pub pay_means_cd: PayMeans,
    pub pay_means_nm: String,
    pub pay_amt: Won,
    /// What is left of it.
    pub rfd_psb_amt: Won,
    pub sctn_cncl_psb_yn: Yn,
}
