//! 답변 템플릿 삭제

use actix_web::web;
use dto::inquiry::DeleteTemplateRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::template::required_number;
use crate::api::caller::agent;
use crate::state::AppState;
use crate::usecase::manage_templates::{self};

pub async fn delete_counsel_template(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<DeleteTemplateRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = required_number(&mut form, request.tmpl_no.as_deref());
    let id = form.complete(id)?;
    let (agent, clock) = (agent(&caller), state.clock.clone());
    once.write(&state.db, move |conn| {
        let id = manage_templates::delete_template(conn, &agent, id)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}
