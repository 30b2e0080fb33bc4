use commerce::{
    CouponIssueNo, DiscountKind, GiftEventType, GoodsNo, ItemNo, PromotionNo, PromotionType, Won,
};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_LINES, MOST_ROWS, at_most};
use crate::date_time::KstDateTime;
use crate::nullable::required_but_nullable;

/// 주문프로모션정보: the order promotion whose shares lower what the goods earn on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BenefitOrderPromotionInfo {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dc_rate_amt: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_buy_amt: Option<Won>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_dc_amt: Option<Won>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_max_yn: Option<String>,
    pub dc_amt: Won,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpn_isu_no: Option<CouponIssueNo>,
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods: Vec<OrderBenefitGoodsInfo>,
}

/// 주문프로모션 상품정보
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderBenefitGoodsInfo {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub dc_amt: Won,
}

/// 상품혜택정보: the discounts of one goods in the basket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsBenefitResponse {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub dc_amt: Won,
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub benefit_list: Vec<OrderPromotionInfo>,
}

/// 혜택정보: one discount of one goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderPromotionInfo {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dc_rate_amt: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_buy_amt: Option<Won>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_dc_amt: Option<Won>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_max_yn: Option<String>,
    pub dc_amt: Won,
    /// 개수별할인금액
    pub dc_amt_per_cnt: Won,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpn_isu_no: Option<CouponIssueNo>,
}

/// 사은행사정보: a gift event that applies to one goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AeEvtInfo {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub ae_no: String,
    pub add_evt_typ_cd: GiftEventType,
    pub ae_str_dtm: KstDateTime,
    pub ae_end_dtm: KstDateTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_str_dt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_end_dt: Option<String>,
    #[serde(deserialize_with = "required_but_nullable")]
    pub tm_evt_yn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aply_str_tm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aply_end_tm: Option<String>,
    pub ae_desc: String,
    pub ae_nm: String,
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ae_goods_list: Vec<AeFvrInfo>,
}

/// 사은품: one gift of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AeFvrInfo {
    pub ae_fvr_seq: String,
    pub aply_min_amt: Won,
    pub aply_max_amt: Won,
    pub ae_goods_nm: String,
    pub ae_goods_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ae_goods_itm_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ae_goods_img_path: Option<String>,
}
