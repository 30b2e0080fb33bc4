//! 답변 템플릿 목록 조회: a bare list of the common ones and the agent's own.

use actix_web::web;
use commerce::text;
use dto::inquiry::{BackOfficeList, TemplateListQuery};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use super::get_integrated_counsel_list::LONGEST_SEARCH;
use super::template::shown;
use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::domain::template::TemplateFilter;
use crate::state::AppState;
use crate::usecase::manage_templates::list_templates;

pub async fn get_counsel_template_list(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<TemplateListQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let common = fields::flag(&mut form, "cmnYn", query.cmn_yn.as_deref());
    // A number that no type can have fits no template.
    let type_id = fields::counted(&mut form, "cnslTypNo", query.cnsl_typ_no.as_deref())
        .map(|number| number.unwrap_or(-1));
    let search =
        fields::optional_text(&mut form, "searchNm", query.search_nm.as_deref(), LONGEST_SEARCH, Lines::One);
    let filter = TemplateFilter {
        is_common: common,
        name_part: search.map(|words| text::search_form(words.trim())),
        type_ids: Vec::new(),
    };
    let paging = fields::paging(&mut form, query.page_no, query.page_size);
    let paging = form.complete(paging)?;
    let (total_count, templates) =
        list_templates(&state, agent(&caller), filter, type_id, paging.limit(), paging.offset()).await?;
    let payloads = templates.into_iter().map(shown).collect();
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}
