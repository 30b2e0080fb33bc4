//! 답변 초안 목록 조회: a bare list of the agent's own, those changed last first.

use actix_web::web;
use dto::inquiry::{AnswerDraftRow, BackOfficeList};
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::domain::answer_draft::DraftSummary;
use crate::state::AppState;
use crate::usecase::keep_drafts::list_drafts;

pub async fn get_answer_draft_list(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
) -> Result<Answer, Error> {
    let drafts = list_drafts(&state, caller.subject).await?;
    for draft in &drafts {
        looks.note(Look::at(&draft.member_no));
    }
    let payloads: Vec<AnswerDraftRow> = drafts.into_iter().map(row).collect();
    let total_count = i64::try_from(payloads.len()).map_err(Problem::internal)?;
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

fn row(draft: DraftSummary) -> AnswerDraftRow {
    AnswerDraftRow {
        ccn_no: draft.inquiry.counsel_no(),
        title: draft.title,
        cnsl_stat_cd: draft.status,
        proc_user_id: draft.agent,
        mod_dtm: draft.changed_at.into(),
    }
}
