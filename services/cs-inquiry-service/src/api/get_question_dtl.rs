//! GET `getQuestionDtl`

use actix_web::web;
use dto::inquiry::QuestionDetailQuery;
use dto::operations::inquiry;
use platform::answer::Answer;
use platform::extract::Query;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::caller::viewer;
use crate::api::{fields, shown};
use crate::usecase::app_state::AppState;
use crate::usecase::read_inquiries::show_inquiry;

/// 1:1문의 상세 조회
pub async fn get_question_dtl(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<QuestionDetailQuery>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let shown = show_inquiry(&app, viewer(&caller)?, inquiry::GET_QUESTION_DTL.id, id).await?;
    Ok(Answer::envelope(app.clock.now(), shown::detail(shown))?)
}
