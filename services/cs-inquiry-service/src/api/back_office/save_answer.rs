//! 상담 답변 등록

use actix_web::web;
use commerce::InquiryStatus;
use dto::inquiry::SaveAnswerRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::moved::moved;
use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::state::AppState;
use crate::usecase;
use crate::usecase::save_answer::AnswerDraft;

pub(super) const LONGEST_ANSWER: usize = 4_000;

pub async fn save_answer(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<SaveAnswerRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let seen = fields::date_time(&mut form, "modDtm", request.mod_dtm.as_deref());
    let template_id = fields::counted(&mut form, "tmplNo", request.tmpl_no.as_deref());
    let text = request.ans_cont.as_deref();
    let text = if template_id.is_some() {
        fields::optional_text(&mut form, "ansCont", text, LONGEST_ANSWER, Lines::Many)
    } else {
        fields::required_text(&mut form, "ansCont", text, LONGEST_ANSWER, Lines::Many)
    };
    let id = form.complete(id)?;
    // A number that no template can have is one that is not found.
    let template_id = template_id.map(|number| number.unwrap_or(-1));
    let draft = AnswerDraft { text, template_id, seen };
    let (agent, clock) = (agent(&caller), state.clock.clone());
    moved(&state, &once, InquiryStatus::Answered, move |conn| {
        usecase::save_answer::save_answer(conn, &clock, &agent, id, &draft)
    })
    .await
}
