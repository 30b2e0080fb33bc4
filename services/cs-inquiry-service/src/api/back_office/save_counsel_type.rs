//! 상담유형 저장

use actix_web::web;
use dto::inquiry::SaveCounselTypeRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::fields::{self, Lines};
use crate::state::AppState;
use crate::usecase::manage_types::{TypeDraft, save_type};

const LONGEST_NAME: usize = 50;

pub async fn save_counsel_type(
    state: web::Data<AppState>,
    once: Once,
    request: Json<SaveCounselTypeRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let draft = draft(&request, form)?;
    let clock = state.clock.clone();
    once.write(&state.db, move |conn| {
        let id = save_type(conn, &clock, &draft)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}

fn draft(request: &SaveCounselTypeRequest, mut form: Form) -> Result<TypeDraft, Problem> {
    // Numbers that no type can have are answered like those that none has.
    let id = fields::counted(&mut form, "cnslTypNo", request.cnsl_typ_no.as_deref());
    let name = fields::required_text(
        &mut form,
        "cnslTypNm",
        request.cnsl_typ_nm.as_deref(),
        LONGEST_NAME,
        Lines::One,
    );
    let parent = match request.upr_cnsl_typ_no.as_deref() {
        None => None,
        Some("") => Some(None),
        value => fields::counted(&mut form, "uprCnslTypNo", value).map(|number| Some(number.unwrap_or(-1))),
    };
    let is_used = fields::flag(&mut form, "useYn", request.use_yn.as_deref());
    let needs_goods = fields::flag(&mut form, "goodsSelMdtyYn", request.goods_sel_mdty_yn.as_deref());
    let needs_order = fields::flag(&mut form, "ordSelMdtyYn", request.ord_sel_mdty_yn.as_deref());
    form.complete(name.map(|name| TypeDraft {
        id: id.map(|number| number.unwrap_or(-1)),
        name,
        parent,
        sort_seq: request.sort_seq,
        is_used,
        needs_goods,
        needs_order,
    }))
}
