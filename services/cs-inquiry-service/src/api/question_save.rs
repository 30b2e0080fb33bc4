//! POST `questionSave`

use actix_web::{HttpRequest, web};
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::{Once, StreamStarted, StreamedOnce};

use crate::api::caller::writer;
use crate::api::question::{Received, draft, receive};
use crate::state::AppState;
use crate::usecase::write_inquiry::write_inquiry;

/// 1:1문의 등록
pub async fn question_save(
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
    let outcome = save(&state, &caller, &begun.once, received).await;
    Ok(begun.settle(outcome.map_err(Problem::from)).await?)
}

async fn save(state: &AppState, caller: &Caller, once: &Once, received: Received) -> Result<Answer, Error> {
    let Received { request, files, mut form, .. } = received;
    let draft = draft(&mut form, &request);
    let draft = form.complete(draft)?;
    let clock = state.clock.clone();
    let respond = move |id: crate::domain::inquiry::InquiryId| Answer::envelope(clock.now(), id.counsel_no());
    write_inquiry(state, once, writer(caller)?, draft, files, respond).await
}
