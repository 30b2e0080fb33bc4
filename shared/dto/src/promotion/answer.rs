use commerce::{DiscountKind, GoodsNo, ItemNo, MileageReason, PromotionNo, PromotionType, RateOrWon, Won};
use serde::{Deserialize, Serialize};

use crate::nullable::null_as_empty;

/// 적립정보: the total is the sum of the entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccmResponse {
    pub total_accm_amt: Won,
    pub accm_list: Vec<AccmPromotionInfo>,
}

/// 적립 정보: what one kind of accumulation, or one promotion, comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccmPromotionInfo {
    pub accm_gb_cd: MileageReason,
    /// A percentage or an amount, as `fixamt_fxrt_gb_cd` says.
    pub accm_rate: RateOrWon,
    pub accm_amt: Won,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    /// 40 for a goods mileage, null for the other kinds.
    pub promo_typ_cd: Option<PromotionType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub our_chrg_rate: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_chrg_rate: Option<i32>,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rsrv_std_amt: Option<Won>,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub goods_accm_list: Vec<AccmInfo>,
}

/// 상품적립정보: what one goods earns of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccmInfo {
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub accm_amt: Won,
}
