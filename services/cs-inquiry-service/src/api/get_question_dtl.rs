//! GET `getQuestionDtl`

use actix_web::web;
use contract::operations::inquiry;
use dto::inquiry::QuestionDetailQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::caller::viewer;
use crate::api::{fields, shown};
use crate::state::AppState;
use crate::usecase::read_inquiries::show_inquiry;

/// 1:1문의 상세 조회
pub async fn get_question_dtl(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<QuestionDetailQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let shown = show_inquiry(&state, viewer(&caller)?, inquiry::GET_QUESTION_DTL.id, id).await?;
    Ok(Answer::envelope(state.clock.now(), shown::detail(shown))?)
}
