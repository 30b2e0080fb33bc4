//! 보유 쿠폰 조회

use chrono::{DateTime, Utc};
use commerce::MemberNo;
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::coupon_state::Coupon;
use crate::store;

/// A member's coupons as they stand now.
pub fn list_coupons(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    now: DateTime<Utc>,
) -> Result<Vec<Coupon>, Error> {
    let coupons = store::coupon::find_of_member(conn, member_no)?;
    Ok(coupons.into_iter().map(|coupon| Coupon { state: coupon.state_at(now), ..coupon }).collect())
}
