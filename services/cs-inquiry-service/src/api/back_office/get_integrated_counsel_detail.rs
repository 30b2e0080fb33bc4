//! 통합상담 상세 조회

use actix_web::web;
use dto::inquiry::{CounselDetail, CounselDetailQuery};
use platform::answer::Answer;
use platform::extract::Query;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::fields::{self};
use crate::api::shown;
use crate::state::AppState;
use crate::usecase::show_counsel::{ShownCounsel, show_counsel};

pub async fn get_integrated_counsel_detail(
    state: web::Data<AppState>,
    looks: Looks,
    query: Query<CounselDetailQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let ShownCounsel { shown: counsel, history, memos } = show_counsel(&state, id).await?;
    looks.note(Look::at_counsel(counsel.inquiry.id.counsel_no(), &counsel.inquiry.member_no));
    let summary = shown::desk_row(counsel.inquiry.summary(counsel.type_name.clone()));
    let detail = CounselDetail {
        detail: shown::detail(counsel),
        mbr_no: summary.mbr_no,
        proc_user_id: summary.proc_user_id,
        mod_dtm: summary.mod_dtm,
        hist_list: history.into_iter().map(shown::history).collect(),
        memo_list: memos.into_iter().map(shown::memo).collect(),
    };
    Ok(Answer::envelope(state.clock.now(), detail)?)
}
