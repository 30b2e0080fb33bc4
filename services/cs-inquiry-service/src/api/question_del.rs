//! DELETE and POST `questionDel`

use actix_web::{HttpRequest, web};
use contract::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::caller::writer;
use crate::api::fields;
use crate::api::question::receive_number;
use crate::state::AppState;
use crate::usecase::delete_inquiry::delete_inquiry;

/// 1:1문의 삭제
pub async fn question_del(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let number = receive_number(&request, payload.into_inner()).await?;
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, number.as_deref());
    let id = form.complete(id)?;
    let writer = writer(&caller)?;
    let id = id.ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
    let clock = state.clock.clone();
    let answer = once
        .write(&state.db, move |conn| {
            delete_inquiry(conn, &clock, &writer, id)?;
            Ok::<_, Error>(Answer::envelope(clock.now(), id.counsel_no())?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
