//! 답변 초안 조회: the payload is null where there is none.

use actix_web::web;
use contract::operations::inquiry;
use dto::inquiry::AnswerDraftQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use super::answer_draft::shown;
use crate::api::fields;
use crate::state::AppState;
use crate::usecase::keep_drafts::show_draft;

pub async fn get_answer_draft(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<AnswerDraftQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let draft = show_draft(&state, caller.subject, inquiry::GET_ANSWER_DRAFT.id, id).await?;
    Ok(Answer::envelope(state.clock.now(), draft.map(shown))?)
}
