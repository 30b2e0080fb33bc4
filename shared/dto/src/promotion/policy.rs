use commerce::{
    AccrualTargetType, DiscountKind, GoodsNo, MemberGrade, OrderMedia, PromotionNo, Rate, RateOrWon, SiteNo,
    Won,
};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_POLICY_ROWS, MOST_ROWS, none_or_at_most};
use crate::date_time::KstDateTime;

/// 적립정책: everything a site gives mileage for, put and read as one document.
///
/// Without a base nothing is earned for the order as such; an absent list is an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccumulationPolicy {
    pub base: Option<BaseAccumulation>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_POLICY_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_POLICY_ROWS)))]
    pub grades: Vec<GradeAccumulation>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_POLICY_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_POLICY_ROWS)))]
    pub goods_mileages: Vec<GoodsMileage>,
    /// 마일리지 제외상품
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_POLICY_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_POLICY_ROWS)))]
    pub mileage_excluded_goods: Vec<GoodsNo>,
}

/// 주문적립
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BaseAccumulation {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub accm_rate: Rate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub our_chrg_rate: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_chrg_rate: Option<i32>,
}

/// 회원등급적립: what a grade earns once the order exceeds the threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GradeAccumulation {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub mbr_grade_cd: MemberGrade,
    pub rsrv_std_amt: Won,
    pub accm_rate: Rate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub our_chrg_rate: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_chrg_rate: Option<i32>,
}

/// 상품마일리지: extra mileage for the goods it targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsMileage {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub str_dtm: KstDateTime,
    pub end_dtm: KstDateTime,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    /// A percentage or an amount, as `fixamt_fxrt_gb_cd` says.
    pub accm_rate: RateOrWon,
    /// Null and 0 mean no cap.
    pub max_accm_amt: Option<Won>,
    /// Empty means every grade.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub mbr_grade_cds: Vec<MemberGrade>,
    /// Empty means every medium.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ord_media_cds: Vec<OrderMedia>,
    /// Empty means nothing at all.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_POLICY_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_POLICY_ROWS)))]
    pub targets: Vec<MileageTarget>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub our_chrg_rate: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_chrg_rate: Option<i32>,
}

/// 적립대상
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MileageTarget {
    pub target_typ_cd: AccrualTargetType,
    /// Without meaning for `ALL`, required for the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_no: Option<String>,
}

/// 적립정책 등록 응답: the number of the version that counts from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccumulationPolicyAnswer {
    pub site_no: SiteNo,
    pub policy_ver: i64,
}

/// 적립정책 조회 조건: an older version, else the one that counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccumulationPolicyQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_ver: Option<i64>,
}
