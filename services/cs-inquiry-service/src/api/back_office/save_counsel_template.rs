//! 답변 템플릿 저장

use actix_web::web;
use commerce::Yn;
use dto::inquiry::SaveTemplateRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::domain::template_fill::{VARIABLES, unknown_variables};
use crate::state::AppState;
use crate::usecase::manage_templates::{self, TemplateDraft};

const LONGEST_NAME: usize = 100;

const LONGEST_TEXT: usize = 4_000;

pub async fn save_counsel_template(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<SaveTemplateRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let draft = draft(&request, form)?;
    let (agent, clock) = (agent(&caller), state.clock.clone());
    once.write(&state.db, move |conn| {
        let id = manage_templates::save_template(conn, &clock, &agent, &draft)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}

fn draft(request: &SaveTemplateRequest, mut form: Form) -> Result<TemplateDraft, Problem> {
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
    let type_id = match request.cnsl_typ_no.as_deref() {
        None => None,
        Some("") => Some(None),
        value => fields::counted(&mut form, "cnslTypNo", value).map(|number| Some(number.unwrap_or(-1))),
    };
    let draft = name.zip(text).zip(common).map(|((name, text), is_common)| TemplateDraft {
        // A number that no template can have is one that is not found.
        id: id.map(|number| number.unwrap_or(-1)),
        name,
        text,
        is_common,
        type_id,
    });
    form.complete(draft)
}
