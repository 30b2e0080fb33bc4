//! 답변 초안 저장

use actix_web::web;
use contract::ResultCode;
use dto::inquiry::SaveAnswerDraftRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use super::answer_draft::shown;
use super::save_answer::LONGEST_ANSWER;
use crate::api::fields::{self, Lines};
use crate::domain::answer_draft::{Decision, DraftText};
use crate::state::AppState;
use crate::usecase::keep_drafts::{NewDraft, save_draft};

/// It takes no key: a kept answer would be one more copy of the text. What comes again under its old version is known by what
/// it says.
pub async fn save_answer_draft(
    state: web::Data<AppState>,
    caller: Caller,
    request: Json<SaveAnswerDraftRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let draft = draft(&request, form)?;
    match save_draft(&state, caller.subject, draft).await? {
        Decision::Keep(draft) | Decision::AsKnown(draft) => {
            Ok(Answer::envelope(state.clock.now(), shown(draft))?)
        }
        Decision::Changed(known) => {
            let newer = serde_json::to_value(known.map(shown)).map_err(Problem::internal)?;
            Err(Problem::new(ResultCode::AnswerDraftChanged).with_payload(newer).into())
        }
    }
}

fn draft(request: &SaveAnswerDraftRequest, mut form: Form) -> Result<NewDraft, Problem> {
    let inquiry = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let template_id = fields::counted(&mut form, "tmplNo", request.tmpl_no.as_deref());
    if template_id == Some(None) {
        form.reject("tmplNo", ResultCode::TemplateNotFound.message());
    }
    let text = request.ans_cont.as_deref();
    let text = fields::required_text(&mut form, "ansCont", text, LONGEST_ANSWER, Lines::Many);
    let draft = inquiry.zip(text).map(|(inquiry, text)| NewDraft {
        inquiry,
        content: DraftText { text, template_id: template_id.flatten() },
        seen: request.draft_ver,
    });
    form.complete(draft)
}
