//! 답변 템플릿 상세 조회

use actix_web::web;
use dto::inquiry::TemplateDetailQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use super::template::{required_number, shown};
use crate::api::caller::agent;
use crate::state::AppState;
use crate::usecase::manage_templates::find_usable;

pub async fn get_counsel_template_detail(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<TemplateDetailQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = required_number(&mut form, query.tmpl_no.as_deref());
    let id = form.complete(id)?;
    let agent = agent(&caller);
    let found = state.db.read(move |conn| find_usable(conn, &agent, id)).await?;
    Ok(Answer::envelope(state.clock.now(), shown(found))?)
}
