//! 답변 템플릿 관리

use actix_web::web;
use commerce::Yn;
use dto::inquiry::{
    BackOfficeList, DeleteTemplateRequest, SaveTemplateRequest, TemplateDetail, TemplateDetailQuery,
    TemplateListQuery,
};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, Query};
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::domain::template::Template;
use crate::domain::template_fill::{VARIABLES, unknown_variables};
use crate::usecase::app_state::AppState;
use crate::usecase::manage_templates::{self, TemplateDraft, find_usable, list_templates};

const LONGEST_NAME: usize = 100;
const LONGEST_TEXT: usize = 4_000;

/// 답변 템플릿 목록 조회: a bare list of the common ones and the agent's own.
pub async fn get_counsel_template_list(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<TemplateListQuery>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let common = fields::flag(&mut form, "cmnYn", query.cmn_yn.as_deref());
    let paging = fields::paging(&mut form, query.page_no, query.page_size);
    let paging = form.complete(paging)?;
    let (total_count, templates) =
        list_templates(&app, agent(&caller), common, paging.limit(), paging.offset()).await?;
    let payloads = templates.into_iter().map(shown).collect();
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

/// 답변 템플릿 상세 조회
pub async fn get_counsel_template_detail(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<TemplateDetailQuery>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = required_number(&mut form, query.tmpl_no.as_deref());
    let id = form.complete(id)?;
    let agent = agent(&caller);
    let found = app.db.read(move |conn| find_usable(conn, &agent, id)).await?;
    Ok(Answer::envelope(app.clock.now(), shown(found))?)
}

/// 답변 템플릿 저장
pub async fn save_counsel_template(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<SaveTemplateRequest>,
) -> Result<Answer, Error> {
    let draft = draft(&request)?;
    let (agent, clock) = (agent(&caller), app.clock.clone());
    once.write(&app.db, move |conn| {
        let id = manage_templates::save_template(conn, &clock, &agent, &draft)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}

/// 답변 템플릿 삭제
pub async fn delete_counsel_template(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<DeleteTemplateRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = required_number(&mut form, request.tmpl_no.as_deref());
    let id = form.complete(id)?;
    let (agent, clock) = (agent(&caller), app.clock.clone());
    once.write(&app.db, move |conn| {
        let id = manage_templates::delete_template(conn, &agent, id)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}

fn draft(request: &SaveTemplateRequest) -> Result<TemplateDraft, Problem> {
    let mut form = Form::new();
    let id = fields::counted(&mut form, "tmplNo", request.tmpl_no.as_deref());
    let name =
        fields::required_text(&mut form, "tmplNm", request.tmpl_nm.as_deref(), LONGEST_NAME, Lines::One);
    let text =
        fields::required_text(&mut form, "tmplCont", request.tmpl_cont.as_deref(), LONGEST_TEXT, Lines::Many);
    let unknown = unknown_variables(request.tmpl_cont.as_deref().unwrap_or_default());
    if !unknown.is_empty() {
        let known = VARIABLES.map(|name| format!("{{{{{name}}}}}")).join(", ");
        form.reject("tmplCont", format!("사용할 수 있는 변수는 {known} 입니다."));
    }
    let common = form.required("cmnYn", request.cmn_yn.as_deref(), |text| {
        Yn::from_wire(text).map(Yn::is_yes).ok_or("Y 또는 N이어야 합니다.")
    });
    let draft = name.zip(text).zip(common).map(|((name, text), is_common)| TemplateDraft {
        // A number that no template can have is one that is not found.
        id: id.map(|number| number.unwrap_or(-1)),
        name,
        text,
        is_common,
    });
    form.complete(draft)
}

/// A number that no template can have is answered like one that none has.
fn required_number(form: &mut Form, value: Option<&str>) -> Option<i64> {
    if value.is_none_or(str::is_empty) {
        form.reject("tmplNo", "필수 값입니다.");
        return None;
    }
    fields::counted(form, "tmplNo", value).map(|number| number.unwrap_or(-1))
}

fn shown(template: Template) -> TemplateDetail {
    TemplateDetail {
        tmpl_no: template.id.to_string(),
        tmpl_nm: template.name,
        tmpl_cont: template.text,
        cmn_yn: Yn::from(template.is_common),
        reg_user_id: template.written_by,
        mod_dtm: template.changed_at.into(),
    }
}
