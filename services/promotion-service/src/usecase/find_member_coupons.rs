//! 회원 쿠폰 조회: what a claim may be paid with.

use chrono::{DateTime, Utc};
use commerce::{CouponIssueNo, MemberNo, PromotionType};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::coupon_state::Coupon;
use crate::store;

/// 회원 쿠폰 조건
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponsWanted {
    pub member_no: MemberNo,
    pub promotion_type: Option<PromotionType>,
    /// This one, usable or not; without it the usable ones.
    pub number: Option<CouponIssueNo>,
}

/// Coupons as they stand now, so many at most.
pub fn find_member_coupons(
    conn: &mut DbConnection,
    wanted: &CouponsWanted,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Coupon>, Error> {
    let (member_no, promotion_type) = (&wanted.member_no, wanted.promotion_type);
    let coupons = match &wanted.number {
        Some(number) => Vec::from_iter(store::coupon::find(conn, number)?.filter(|coupon| {
            coupon.member_no == *member_no
                && promotion_type.is_none_or(|wanted| coupon.promotion_type == wanted)
        })),
        None => store::coupon::find_usable(conn, member_no, promotion_type, now, limit)?,
    };
    Ok(coupons.into_iter().map(|coupon| Coupon { state: coupon.state_at(now), ..coupon }).collect())
}
