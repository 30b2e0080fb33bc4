//! PUT and POST `questionMod`

use actix_web::{HttpRequest, web};
use contract::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::{Once, StreamStarted, StreamedOnce};

use crate::api::caller::writer;
use crate::api::fields;
use crate::api::question::{Received, draft, receive, removed_files};
use crate::state::AppState;
use crate::usecase::edit_inquiry::{FileChanges, edit_inquiry};

/// 1:1문의 수정
pub async fn question_mod(
    state: web::Data<AppState>,
    caller: Caller,
    streamed: StreamedOnce,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let received = receive(&state, &request, payload.into_inner()).await?;
    let begun = match streamed.begin(&received.digest).await? {
        StreamStarted::Fresh(begun) => begun,
        StreamStarted::Replay(answer) => return Ok(answer),
    };
    let outcome = edit(&state, &caller, &begun.once, received).await;
    Ok(begun.settle(outcome.map_err(Problem::from)).await?)
}

async fn edit(state: &AppState, caller: &Caller, once: &Once, received: Received) -> Result<Answer, Error> {
    let Received { request, files, mut form, .. } = received;
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let removed = removed_files(&mut form, &request);
    let draft = draft(&mut form, &request);
    let (id, draft) = form.complete(id.zip(draft))?;
    let writer = writer(caller)?;
    let id = id.ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
    let clock = state.clock.clone();
    let respond = move || Answer::envelope(clock.now(), id.counsel_no());
    edit_inquiry(state, once, writer, id, draft, FileChanges { removed, added: files }, respond).await
}
