//! POST `questionSave`

use actix_web::{HttpRequest, web};
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::{Once, StreamStarted, StreamedOnce};

use crate::api::caller::writer;
use crate::api::question::{Received, draft, receive};
use crate::usecase::app_state::AppState;
use crate::usecase::write_inquiry::write_inquiry;

/// 1:1문의 등록
pub async fn question_save(
    app: web::Data<AppState>,
    caller: Caller,
    streamed: StreamedOnce,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let received = receive(&app, &request, payload.into_inner()).await?;
    let begun = match streamed.begin(&received.digest).await? {
        StreamStarted::Fresh(begun) => begun,
        StreamStarted::Replay(answer) => return Ok(answer),
    };
    let outcome = save(&app, &caller, &begun.once, received).await;
    Ok(begun.settle(outcome.map_err(Problem::from)).await?)
}

async fn save(app: &AppState, caller: &Caller, once: &Once, received: Received) -> Result<Answer, Error> {
    let Received { request, files, mut form, .. } = received;
    let draft = draft(&mut form, &request);
    let draft = form.complete(draft)?;
    let clock = app.clock.clone();
    let respond = move |id: crate::domain::inquiry::InquiryId| Answer::envelope(clock.now(), id.counsel_no());
    write_inquiry(app, once, writer(caller)?, draft, files, respond).await
}
