//! 상담 처리 시작

use actix_web::web;
use commerce::InquiryStatus;
use dto::inquiry::StartProcessRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::moved::moved;
use crate::api::caller::agent;
use crate::api::fields::{self};
use crate::state::AppState;
use crate::usecase;

pub async fn start_process(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<StartProcessRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let seen = fields::date_time(&mut form, "modDtm", request.mod_dtm.as_deref());
    let id = form.complete(id)?;
    let (agent, clock) = (agent(&caller), state.clock.clone());
    moved(&state, &once, InquiryStatus::InProgress, move |conn| {
        usecase::start_process::start_process(conn, &clock, &agent, id, seen).map(|inquiry| inquiry.id)
    })
    .await
}
