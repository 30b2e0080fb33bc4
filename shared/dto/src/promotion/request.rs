use commerce::{
    DiscountKind, GoodsNo, ItemNo, MemberGrade, MemberNo, MileageReason, OrderMedia, PromotionNo, RateOrWon,
    Won,
};
use serde::{Deserialize, Serialize};

use super::basket::OrdGoodsInfo;
use super::benefit::BenefitOrderPromotionInfo;
use crate::bounded::{MOST_LINES, MOST_ROWS, Unkept, at_most_or_row, optional_at_most};
use crate::date_time::KstDateTime;

/// 적립조회 요청
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccmRequest {
    pub mbr_no: MemberNo,
    pub mbr_grade_cd: MemberGrade,
    pub ord_media_cd: OrderMedia,
    /// 기준일시: the moment whose promotions apply.
    pub base_dtm: KstDateTime,
    #[serde(deserialize_with = "at_most_or_row::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods_list: Vec<AccmGoodsInfo>,
    /// 주문적립정보: its presence is what makes this a claim, computed with the order's own rates.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "optional_at_most::<MOST_ROWS, _, _>"
    )]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ord_accm_list: Option<Vec<OrderAccmInfo>>,
    /// Nothing is computed from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Vec<OrdGoodsInfo>>", length(max = MOST_ROWS)))]
    pub ord_goods_info_list: Option<Unkept<MOST_ROWS, OrdGoodsInfo>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefit_order_promotion_info: Option<BenefitOrderPromotionInfo>,
}

/// 적립 대상 상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccmGoodsInfo {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    /// 구매금액: the amount for all of its units.
    pub purchase_amt: Won,
    pub std_ctg_no: String,
    pub disp_ctg_no: String,
    pub brand_no: String,
    pub entr_no: String,
    pub chl_no: String,
    /// 적립 프로모션 번호: the goods mileage this goods is to earn from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_no: Option<PromotionNo>,
}

/// 주문적립정보: an entry the order earned under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAccmInfo {
    pub accm_gb_cd: MileageReason,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    pub rsrv_std_amt: Won,
    /// A percentage or an amount, as `fixamt_fxrt_gb_cd` says.
    pub accm_rate: RateOrWon,
}
