//! 무료반품쿠폰 선점, asked by claim-service.

use actix_web::web;
use commerce::Yn;
use dto::internal::{CouponHeld, CouponHold, CouponNotHeld};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use super::claim_step::claim_step;
use crate::domain::coupon_hold::NotHeld;
use crate::state::AppState;
use crate::usecase::hold_coupon::hold_coupon;

/// Answers whether the claim has it, to a repeat as well.
pub async fn internal_coupons_hold(
    state: web::Data<AppState>,
    body: Json<CouponHold>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let step = claim_step(&mut form, "couponHold", &body.evt_key, body.claim_no, body.ord_no);
    let step = form.complete(step)?;
    let now = state.clock.now();
    let outcome =
        state.db.write(move |conn| hold_coupon(conn, &step, &body.mbr_no, &body.cpn_isu_no, now)).await?;
    let held_yn = Yn::from(outcome.is_ok());
    Ok(Answer::bare(&CouponHeld { held_yn, rsn: outcome.err().map(reason) })?)
}

const fn reason(reason: NotHeld) -> CouponNotHeld {
    match reason {
        NotHeld::Unknown => CouponNotHeld::Unknown,
        NotHeld::NotTheMembers => CouponNotHeld::NotTheMembers,
        NotHeld::OtherType => CouponNotHeld::OtherType,
        NotHeld::Used => CouponNotHeld::Used,
        NotHeld::Expired => CouponNotHeld::Expired,
    }
}
