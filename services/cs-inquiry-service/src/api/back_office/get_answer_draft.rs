//! 답변 초안 조회: the payload is null where there is none.

use actix_web::web;
use dto::inquiry::AnswerDraftQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use super::answer_draft::shown;
use crate::api::fields;
use crate::state::AppState;
use crate::usecase::keep_drafts::show_draft;

pub async fn get_answer_draft(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<AnswerDraftQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let found = show_draft(&state, caller.subject, id).await?;
    if let Some((member_no, draft)) = &found {
        looks.note(Look::at_counsel(draft.inquiry.counsel_no(), member_no));
    }
    Ok(Answer::envelope(state.clock.now(), found.map(|(_, draft)| shown(draft)))?)
}
