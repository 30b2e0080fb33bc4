//! 통합상담 건수 조회

use actix_web::web;
use dto::inquiry::{CounselCount, CounselCountQuery};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::fields;
use crate::state::AppState;
use crate::usecase::watch_counsels::count_for;

pub async fn get_integrated_counsel_count(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<CounselCountQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    // A number that no type can have fits no inquiry.
    let type_id = fields::counted(&mut form, "cnslTypNo", query.cnsl_typ_no.as_deref())
        .map(|number| number.unwrap_or(-1));
    form.finish()?;
    let now = state.clock.now();
    let counts = count_for(&state, caller.subject, type_id, now).await?;
    let counts = CounselCount {
        wait_cnt: counts.waiting,
        prcs_cnt: counts.in_progress,
        my_cnt: counts.own.open,
        my_draft_cnt: counts.own.drafts,
        my_ans_today_cnt: counts.own.answered_since,
        oldest_accp_dtm: counts.oldest_waiting.map(Into::into),
        server_dtm: now.into(),
    };
    Ok(Answer::envelope(now, counts)?)
}
