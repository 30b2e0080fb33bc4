//! GET `getQuestionDtl`

use actix_web::web;
use dto::inquiry::QuestionDetailQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::caller::viewer;
use crate::api::{fields, shown};
use crate::state::AppState;
use crate::usecase::read_inquiries::show_inquiry;

/// 1:1문의 상세 조회
pub async fn get_question_dtl(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<QuestionDetailQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let shown = show_inquiry(&state, viewer(&caller)?, id).await?;
    looks.note(Look::at_counsel(shown.inquiry.id.counsel_no(), &shown.inquiry.member_no));
    Ok(Answer::envelope(state.clock.now(), shown::detail(shown))?)
}
