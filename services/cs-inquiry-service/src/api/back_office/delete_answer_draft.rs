//! 답변 초안 삭제

use actix_web::web;
use dto::inquiry::DeleteAnswerDraftRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::fields;
use crate::state::AppState;
use crate::usecase::keep_drafts::delete_draft;

pub async fn delete_answer_draft(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<DeleteAnswerDraftRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let id = form.complete(id)?;
    let (ccn_no, clock) = (request.ccn_no, state.clock.clone());
    once.write(&state.db, move |conn| {
        delete_draft(conn, &caller.subject, id)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), ccn_no.clone())?)
    })
    .await
}
