//! 무료반품쿠폰 반납: a claim lets go the coupon it holds, once.

use chrono::{DateTime, Utc};
use commerce::CouponIssueNo;
use db::{DbConnection, inbox};
use service_kit::error::Error;

use crate::domain::coupon_hold::NotReleased;
use crate::domain::coupon_state::CouponState;
use crate::domain::order_effects::ClaimStep;
use crate::store;

/// A repeat of the step changes nothing and hears the same, whatever has become of the coupon since.
pub fn release_coupon(
    conn: &mut DbConnection,
    step: &ClaimStep,
    number: &CouponIssueNo,
    now: DateTime<Utc>,
) -> Result<Result<(), NotReleased>, Error> {
    if !inbox::first_time(conn, now, &step.key)? {
        return Ok(store::coupon_hold::find_released(conn, &step.key)?);
    }
    let coupon = store::coupon::lock(conn, std::slice::from_ref(number))?.pop();
    let outcome = coupon.map_or(Err(NotReleased::NotHeld), |coupon| coupon.release(step, now));
    let state = match outcome {
        Ok(()) => Some(CouponState::Usable),
        Err(NotReleased::Expired) => Some(CouponState::Expired),
        Err(NotReleased::NotHeld) => None,
    };
    if let Some(state) = state {
        store::coupon::update_state(conn, number, &state, now)?;
    }
    store::coupon_hold::insert_released(conn, step, number, outcome, now)?;
    Ok(outcome)
}
