//! 무료반품쿠폰 선점: a claim gets a coupon for itself, once.

use chrono::{DateTime, Utc};
use commerce::{CouponIssueNo, MemberNo};
use db::{DbConnection, inbox};
use service_kit::error::Error;

use crate::domain::coupon_hold::NotHeld;
use crate::domain::coupon_state::CouponState;
use crate::domain::order_effects::ClaimStep;
use crate::store;

/// A repeat of the step changes nothing and hears the same, whatever has become of the coupon since.
pub fn hold_coupon(
    conn: &mut DbConnection,
    step: &ClaimStep,
    member_no: &MemberNo,
    number: &CouponIssueNo,
    now: DateTime<Utc>,
) -> Result<Result<(), NotHeld>, Error> {
    if !inbox::first_time(conn, now, &step.key)? {
        return Ok(store::coupon_hold::find_held(conn, &step.key)?);
    }
    let coupon = store::coupon::lock(conn, std::slice::from_ref(number))?.pop();
    let outcome = match coupon {
        None => Err(NotHeld::Unknown),
        // It has overtaken this message and won't come again.
        Some(_) if store::coupon_hold::is_released(conn, step, number)? => Err(NotHeld::Used),
        Some(coupon) => coupon.hold(step, member_no, now),
    };
    if outcome.is_ok() {
        let (order_no, claim_no) = (step.order_no.clone(), step.claim_no.clone());
        store::coupon::update_state(conn, number, &CouponState::Held { order_no, claim_no }, now)?;
    }
    store::coupon_hold::insert_held(conn, step, number, outcome, now)?;
    Ok(outcome)
}
