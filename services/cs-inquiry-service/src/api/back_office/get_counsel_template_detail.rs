//! 답변 템플릿 상세 조회

use actix_web::web;
use dto::inquiry::{FilledTemplate, TemplateDetailQuery};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use super::template::{required_number, shown};
use crate::api::caller::agent;
use crate::api::fields;
use crate::state::AppState;
use crate::usecase::manage_templates::show_template;

pub async fn get_counsel_template_detail(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<TemplateDetailQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let id = required_number(&mut form, query.tmpl_no.as_deref());
    let inquiry = match query.ccn_no.as_deref() {
        None | Some("") => None,
        value => fields::inquiry_id(&mut form, value),
    };
    let id = form.complete(id)?;
    let found = show_template(&state, agent(&caller), id, inquiry).await?;
    if let Some(filled) = &found.filled {
        looks.note(Look::at_counsel(filled.inquiry.counsel_no(), &filled.member_no));
    }
    let (filled_cont, unfilled_list) = found.filled.map(|filled| (filled.text, filled.unfilled)).unzip();
    let detail = FilledTemplate { template: shown(found.template), filled_cont, unfilled_list };
    Ok(Answer::envelope(state.clock.now(), detail)?)
}
