//! 쿠폰 복원, told by claim-service.

use actix_web::web;
use commerce::Yn;
use dto::internal::{CouponNotRestored, CouponRestore, CouponRestoreAnswer, CouponRestored};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use super::claim_step::claim_step;
use crate::domain::coupon_state::NotRestored;
use crate::state::AppState;
use crate::usecase::restore_coupons::restore_coupons;

/// Answers what became of each coupon, to a repeat as well.
pub async fn internal_coupons_restore(
    state: web::Data<AppState>,
    body: Json<CouponRestore>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let step = claim_step(&mut form, "couponRestore", &body.evt_key, body.claim_no, body.ord_no);
    let step = form.complete(step)?;
    let now = state.clock.now();
    let restored =
        state.db.write(move |conn| restore_coupons(conn, &step, &body.cpn_isu_no_list, now)).await?;
    let list = restored
        .into_iter()
        .map(|coupon| CouponRestored {
            cpn_isu_no: coupon.coupon_no,
            restored_yn: if coupon.outcome.is_ok() { Yn::Yes } else { Yn::No },
            rsn: coupon.outcome.err().map(reason),
        })
        .collect();
    Ok(Answer::bare(&CouponRestoreAnswer { list })?)
}

const fn reason(reason: NotRestored) -> CouponNotRestored {
    match reason {
        NotRestored::Expired => CouponNotRestored::Expired,
        NotRestored::Unknown => CouponNotRestored::Unknown,
        NotRestored::UsedElsewhere => CouponNotRestored::UsedElsewhere,
    }
}
