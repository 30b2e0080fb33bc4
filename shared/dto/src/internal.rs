//! What services tell each other beside the contract. The gateway never routes these.

use commerce::{ClaimNo, CouponIssueNo, MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won, Yn};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_ROWS, none_or_at_most};
use crate::date_time::KstDateTime;
use crate::order::OrderAccm;

mod access_records;
mod additional_payments;
mod catalogue;
mod claim_standings;
mod counted_claims;
mod coupons;
mod member_orders;
mod order_claims;
mod personal_values;

pub use access_records::{AccessRecord, AccessRecords};
pub use additional_payments::{AdditionalPaymentHeld, AdditionalPaymentHold, AdditionalPaymentRelease};
pub use catalogue::{GoodsSearchAnswer, GoodsSearchQuery};
pub use claim_standings::{ClaimStanding, ClaimStandingGoods, ClaimStandings};
pub use counted_claims::{CountedClaim, CountedClaims};
pub use coupons::{
    CouponHeld, CouponHold, CouponNotHeld, CouponNotReleased, CouponRelease, CouponReleased, MemberCoupon,
    MemberCoupons, MemberCouponsQuery,
};
pub use member_orders::{
    MemberOrderLine, MemberOrderLines, MemberOrderLinesQuery, OrderOwnership, OrderOwnershipQuery,
    OwnedOrderLine,
};
pub use order_claims::{
    Decided, OrderClaim, OrderClaimLine, OrderCustomsCode, OrderDecision, OrderOptionChange, OrdererName,
    OrdererNames, OrdererNamesQuery, RecipientName,
};
pub use personal_values::{PersonalAddress, PersonalCell, PersonalValues, PersonalValuesQuery};

/// 회원 탈퇴 전달: the member whose personal data the receiver must mask. A repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberWithdrawal {
    pub mbr_no: MemberNo,
}

/// 주문 반영: what promotion-service records of an order member-service has taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRecord {
    /// Names the event: however often it is sent, it is recorded once.
    pub evt_key: String,
    pub ord_no: OrderNo,
    pub site_no: SiteNo,
    pub mbr_no: Option<MemberNo>,
    pub ord_dtm: KstDateTime,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    pub accm_list: Vec<OrderAccm>,
    /// Mileage the order was paid with (ME020 50).
    pub mlg_use_amt: Won,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    pub cpn_isu_no_list: Vec<CouponIssueNo>,
}

/// 쿠폰 복원: what a claim gives back of an order's coupons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponRestore {
    /// Names the claim's step: however often it is sent, it is carried out once and answered alike.
    pub evt_key: String,
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub cpn_isu_no_list: Vec<CouponIssueNo>,
}

/// 쿠폰 복원 결과: one row per coupon of the request, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponRestoreAnswer {
    pub list: Vec<CouponRestored>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponRestored {
    pub cpn_isu_no: CouponIssueNo,
    pub restored_yn: Yn,
    /// Why it is not usable again.
    pub rsn: Option<CouponNotRestored>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CouponNotRestored {
    /// 유효기간이 지남
    Expired,
    /// 이 서비스가 모르는 쿠폰
    Unknown,
    /// 다른 주문에 사용됨
    UsedElsewhere,
}

/// 적립 회수: what a claim takes back of an order's accumulation, as contract rule 7 of the cancel comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccumulationTakeBack {
    /// Names the claim's step: however often it is sent, it is carried out once.
    pub evt_key: String,
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub accm_list: Vec<AccumulationTakenBack>,
}

/// One entry of the order's `ordAccmList` and what goes back of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccumulationTakenBack {
    pub accm_gb_cd: MileageReason,
    pub promo_no: PromotionNo,
    /// Above 0; rows of 0 change nothing.
    pub rtrv_amt: Won,
}

/// 사용 마일리지 복원: what a claim gives back of the mileage an order was paid with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MileageRestore {
    /// Names the claim's step: however often it is sent, it is carried out once.
    pub evt_key: String,
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub restore_amt: Won,
}

#[cfg(test)]
mod tests;
