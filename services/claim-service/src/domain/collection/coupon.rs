//! 무료반품쿠폰: a coupon that pays for the way back.

use chrono::{DateTime, Utc};
use commerce::{CouponIssueNo, PromotionNo};

/// 무료반품쿠폰 as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenCoupon {
    pub coupon_no: CouponIssueNo,
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
    pub valid_until: DateTime<Utc>,
    pub is_usable: bool,
}
