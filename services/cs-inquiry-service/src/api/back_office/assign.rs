//! 상담 배정

use actix_web::web;
use commerce::InquiryStatus;
use dto::inquiry::AssignRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::get_integrated_counsel_list::LONGEST_USER_ID;
use super::moved::moved;
use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::state::AppState;
use crate::usecase;

pub async fn assign(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<AssignRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let owner = request.proc_user_id.as_deref();
    let owner = fields::required_text(&mut form, "procUserId", owner, LONGEST_USER_ID, Lines::Key);
    let (id, owner) = form.complete(id.zip(owner))?;
    let (agent, clock) = (agent(&caller), state.clock.clone());
    moved(&state, &once, InquiryStatus::InProgress, move |conn| {
        usecase::assign::assign(conn, &clock, &agent, id, &owner)
    })
    .await
}
