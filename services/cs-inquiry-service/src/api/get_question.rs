//! GET `getQuestion`

use actix_web::web;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use dto::inquiry::{QuestionList, QuestionListQuery};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::caller::writer;
use crate::api::{fields, shown};
use crate::state::AppState;
use crate::usecase::read_inquiries::list_own;

/// 1:1문의 목록 조회
pub async fn get_question(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<QuestionListQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let now = state.clock.now();
    let first_day = fields::day(&mut form, "accpStrDt", query.accp_str_dt.as_deref());
    let last_day = fields::day(&mut form, "accpEndDt", query.accp_end_dt.as_deref());
    let period = Period::or_last_months(first_day, last_day, kst_date_of(now));
    let period = fields::period(&mut form, "accpEndDt", period);
    let paging = fields::paging(&mut form, query.page_no, query.page_size);
    let (period, paging) = form.complete(period.zip(paging))?;
    let (total_count, rows) =
        list_own(&state, writer(&caller)?, period, paging.limit(), paging.offset()).await?;
    let list = QuestionList {
        total_count,
        page_no: paging.page_no(),
        page_size: paging.page_size(),
        list: rows.into_iter().map(shown::row).collect(),
    };
    Ok(Answer::envelope(now, list)?)
}
