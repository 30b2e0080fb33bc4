//! 적립 회수, told by claim-service.

use actix_web::web;
use dto::internal::AccumulationTakeBack;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use super::claim_step::{claim_step, settle};
use crate::domain::order_effects::MileageClaim;
use crate::state::AppState;

pub async fn internal_accumulation_take_back(
    state: web::Data<AppState>,
    body: Json<AccumulationTakeBack>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let step = claim_step(&mut form, "takeBack", &body.evt_key, body.claim_no, body.ord_no);
    let mut claims = Vec::with_capacity(body.accm_list.len());
    for (place, entry) in body.accm_list.into_iter().enumerate() {
        if entry.rtrv_amt.is_negative() {
            form.reject(format!("accmList[{place}].rtrvAmt"), "0원 이상이어야 합니다.");
        }
        // What is no accumulation was never earned.
        if entry.accm_gb_cd.is_accrual() && entry.rtrv_amt.is_positive() {
            claims.push(MileageClaim::TakeBack {
                reason: entry.accm_gb_cd,
                promotion_no: entry.promo_no,
                amount: entry.rtrv_amt,
            });
        }
    }
    settle(&state, form.complete(step)?, claims).await
}
