use commerce::{
    Blame, ClaimNo, CollectionMethod, CostBearer, CostKind, CouponIssueNo, GoodsNo, ItemNo, OrderNo,
    PayMeans, PaymentNo, PromotionNo, PromotionType, RefundMethod, Won, Yn,
};
use serde::{Deserialize, Serialize};

/// 클레임비용: everything a claim comes to, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimCost {
    pub ord_no: OrderNo,
    pub claim_goods_list: Vec<ClaimedGoods>,
    pub addtn_cost_list: Vec<AdditionalCost>,
    pub bnf_info: BenefitInfo,
    pub pay_info: PayInfo,
    /// The rows that executing the claim stores.
    pub cost_row_list: Vec<CostRow>,
    pub calc_list: Vec<CalcRow>,
    /// Stands for everything above that bears on money, goods or coupons.
    pub cost_hash: String,
    /// What only a return or an exchange has; a cancel's answer ends here.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub sent_back: Option<SentBackCost>,
}

/// 회수비용: what the cost of a return or an exchange holds beside a cancel's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SentBackCost {
    /// Null before the claim is made.
    pub claim_no: Option<ClaimNo>,
    /// 추정여부: Y until it is settled, or final.
    pub estm_yn: Yn,
    pub impt_div_cd: Blame,
    pub wthd_mthd_cd: CollectionMethod,
    pub rtn_cpn_isu_no: Option<CouponIssueNo>,
}

/// 클레임상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimedGoods {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub claim_qty: i64,
    pub goods_amt: Won,
    pub dc_amt: Won,
    pub net_amt: Won,
    /// As the order had it; in a claim's details alone, as the next is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods_nm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub itm_nm: Option<String>,
}

/// 추가비용: above 0 the bearer pays it, below 0 it goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdditionalCost {
    pub ord_cost_gb_cd: CostKind,
    pub ord_cost_gb_nm: String,
    pub deli_grp_no: Option<i32>,
    pub entr_no: Option<String>,
    pub amt: Won,
    pub chrg_sub_cd: CostBearer,
    pub rsn: String,
}

/// 혜택정보: coupons, discounts, gifts and mileage the claim touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BenefitInfo {
    pub restore_cpn_list: Vec<RestoredCoupon>,
    pub revoke_dc_list: Vec<RevokedDiscount>,
    pub cncl_gift_list: Vec<CancelledGift>,
    /// 적립회수금액
    pub accm_rtrv_amt: Won,
    /// 마일리지복원금액
    pub mlg_restore_amt: Won,
}

/// 복원쿠폰
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RestoredCoupon {
    pub cpn_isu_no: CouponIssueNo,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
}

/// 회수할인
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RevokedDiscount {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub cpn_isu_no: Option<CouponIssueNo>,
    pub dc_amt: Won,
    pub rsn: String,
}

/// 취소사은품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CancelledGift {
    pub ae_no: String,
    pub ae_goods_no: String,
    pub ae_goods_nm: String,
    /// 회수여부: Y where it is to be sent back; of returns alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wthd_yn: Option<Yn>,
}

/// 결제정보
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PayInfo {
    pub rfd_prar_amt: Won,
    pub add_pay_prar_amt: Won,
    /// 환불계좌필요여부
    pub rfd_acct_req_yn: Yn,
    pub rfd_list: Vec<PlannedRefund>,
    /// 선결제금액: paid in advance for this claim; of returns and exchanges alone, as the next is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepay_amt: Option<Won>,
    /// Of it, what goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepay_rfd_amt: Option<Won>,
}

/// 환불예정: what goes back by one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlannedRefund {
    pub pay_no: PaymentNo,
    pub pay_means_cd: PayMeans,
    pub pay_means_nm: String,
    pub rfd_amt: Won,
    /// 환불방법; of a cancel only where it is 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rfd_meth_cd: Option<RefundMethod>,
}

/// 비용 행
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CostRow {
    pub seq: i32,
    pub ord_cost_gb_cd: CostKind,
    pub deli_grp_no: Option<i32>,
    pub ord_seq: Option<i32>,
    pub promo_no: Option<PromotionNo>,
    pub cpn_isu_no: Option<CouponIssueNo>,
    pub amt: Won,
    pub chrg_sub_cd: CostBearer,
}

/// 계산내역: one line of the explanation, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CalcRow {
    pub seq: i32,
    pub rule_id: String,
    pub title: String,
    pub formula: String,
    pub amt: Won,
}
