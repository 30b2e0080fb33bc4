//! 무료반품쿠폰: what claim-service asks of the coupons that pay return fees. promotion-service keeps them, and decides.

use commerce::{ClaimNo, CouponIssueNo, CouponStatus, MemberNo, OrderNo, PromotionNo, PromotionType, Yn};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 무료반품쿠폰 선점: the body of `POST /internal/coupons/hold`. The claim has been accepted, and its coupon is used from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponHold {
    /// Names the claim's step: however often it is sent, it is carried out once and answered alike.
    pub evt_key: String,
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    /// The order's member, whose coupon it must be.
    pub mbr_no: MemberNo,
    pub cpn_isu_no: CouponIssueNo,
}

/// 무료반품쿠폰 선점 결과. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponHeld {
    pub held_yn: Yn,
    /// Why it is not held.
    pub rsn: Option<CouponNotHeld>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CouponNotHeld {
    /// 이 서비스가 모르는 쿠폰
    Unknown,
    /// 다른 회원의 쿠폰
    NotTheMembers,
    /// 무료반품쿠폰이 아님
    OtherType,
    /// 이미 사용됨
    Used,
    /// 유효기간이 지남
    Expired,
}

/// 무료반품쿠폰 반납: the body of `POST /internal/coupons/release`. The claim has ended, or was settled, without using it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponRelease {
    /// Names the claim's step: however often it is sent, it is carried out once and answered alike.
    pub evt_key: String,
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub cpn_isu_no: CouponIssueNo,
}

/// 무료반품쿠폰 반납 결과. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponReleased {
    pub restored_yn: Yn,
    /// Why it is not usable again.
    pub rsn: Option<CouponNotReleased>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CouponNotReleased {
    /// 유효기간이 지남
    Expired,
    /// 이 클레임이 선점한 쿠폰이 아님: nothing was done.
    NotHeld,
}

/// 회원 쿠폰 조회 요청: the query of `GET /internal/coupons`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberCouponsQuery {
    pub mbr_no: MemberNo,
    /// Coupons of this type only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_typ_cd: Option<PromotionType>,
    /// This one only, usable or not; without it the usable ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpn_isu_no: Option<CouponIssueNo>,
}

/// 회원 쿠폰 조회 응답: the first to expire first, 1,000 at most. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCoupons {
    pub list: Vec<MemberCoupon>,
}

/// 회원 쿠폰
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberCoupon {
    pub cpn_isu_no: CouponIssueNo,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub valid_end_dtm: KstDateTime,
    /// As it stands now: what was never used expires by itself.
    pub use_stat_cd: CouponStatus,
}
