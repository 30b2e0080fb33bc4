use commerce::{ClaimNo, CouponIssueNo, CouponStatus, MemberNo, OrderNo, PromotionNo, PromotionType};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_ROWS, at_most};
use crate::date_time::KstDateTime;

/// 쿠폰 발급 요청: taken whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CouponIssueRequest {
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub coupons: Vec<Coupon>,
}

/// 쿠폰: one coupon in a member's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Coupon {
    pub cpn_isu_no: CouponIssueNo,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub mbr_no: MemberNo,
    pub valid_end_dtm: KstDateTime,
    /// Usable when it is issued without a status.
    pub use_stat_cd: Option<CouponStatus>,
    /// The order a used one was used in.
    pub ord_no: Option<OrderNo>,
    /// The claim whose return fee a free-return coupon pays. None is issued with one.
    pub claim_no: Option<ClaimNo>,
}

/// 쿠폰 발급 응답
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CouponIssueAnswer {
    pub created: i64,
    pub unchanged: i64,
}

/// 보유 쿠폰 목록
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CouponList {
    pub list: Vec<Coupon>,
}

/// 회원 조건: whose coupons or mileage; a member's own when it is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemberQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mbr_no: Option<MemberNo>,
}
