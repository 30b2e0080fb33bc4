//! 사용 마일리지 복원, told by claim-service.

use actix_web::web;
use dto::internal::MileageRestore;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use super::claim_step::{claim_step, settle};
use crate::domain::order_effects::MileageClaim;
use crate::state::AppState;

pub async fn internal_mileage_restore(
    state: web::Data<AppState>,
    body: Json<MileageRestore>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let step = claim_step(&mut form, "mileageRestore", &body.evt_key, body.claim_no, body.ord_no);
    if body.restore_amt.is_negative() {
        form.reject("restoreAmt", "0원 이상이어야 합니다.");
    }
    let step = form.complete(step)?;
    let claims = if body.restore_amt.is_zero() {
        Vec::new()
    } else {
        vec![MileageClaim::Restore { amount: body.restore_amt }]
    };
    settle(&state, step, claims).await
}
