//! 무료반품쿠폰 반납, told by claim-service.

use actix_web::web;
use commerce::Yn;
use dto::internal::{CouponNotReleased, CouponRelease, CouponReleased};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use super::claim_step::claim_step;
use crate::domain::coupon_hold::NotReleased;
use crate::state::AppState;
use crate::usecase::release_coupon::release_coupon;

/// Answers whether it is usable again, to a repeat as well.
pub async fn internal_coupons_release(
    state: web::Data<AppState>,
    body: Json<CouponRelease>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let step = claim_step(&mut form, "couponRelease", &body.evt_key, body.claim_no, body.ord_no);
    let step = form.complete(step)?;
    let now = state.clock.now();
    let outcome = state.db.write(move |conn| release_coupon(conn, &step, &body.cpn_isu_no, now)).await?;
    let restored_yn = Yn::from(outcome.is_ok());
    Ok(Answer::bare(&CouponReleased { restored_yn, rsn: outcome.err().map(reason) })?)
}

const fn reason(reason: NotReleased) -> CouponNotReleased {
    match reason {
        NotReleased::Expired => CouponNotReleased::Expired,
        NotReleased::NotHeld => CouponNotReleased::NotHeld,
    }
}
