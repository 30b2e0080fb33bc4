//! 프로모션 적립정보 조회: what an order will earn, or in a claim what is left of it earns.

mod answer;
mod request;

use actix_web::web;
use dto::promotion::AccmRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::accrual;
use crate::state::AppState;
use crate::usecase::current_policy::current_policy;

pub async fn promotion_accumulation(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<AccmRequest>,
) -> Result<Answer, Error> {
    let (body, form) = body.open();
    if form.is_whole() {
        caller.acts_for_member(&body.mbr_no)?;
    }
    let order = request::order_to_accrue(&body, form)?;
    let policy = current_policy(&state.db, &state.policies, &caller.site_no).await?;
    let accrual = accrual::accrue(&policy, &order).map_err(Problem::internal)?;
    Ok(Answer::bare(&answer::accm_response(&accrual, &order)?)?)
}
