//! 답변 초안 목록 조회: a bare list of the agent's own, those changed last first.

use actix_web::web;
use contract::operations::inquiry;
use dto::inquiry::{AnswerDraftRow, BackOfficeList};
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::answer_draft::DraftSummary;
use crate::state::AppState;
use crate::usecase::keep_drafts::list_drafts;

pub async fn get_answer_draft_list(state: web::Data<AppState>, caller: Caller) -> Result<Answer, Error> {
    let drafts = list_drafts(&state, caller.subject, inquiry::GET_ANSWER_DRAFT_LIST.id).await?;
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
