//! 상담유형 관리

use actix_web::web;
use commerce::Yn;
use dto::inquiry::{BackOfficeList, CounselTypeRow, SaveCounselTypeRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::fields::{self, Lines};
use crate::domain::counsel_type_tree::PlacedType;
use crate::usecase::app_state::AppState;
use crate::usecase::manage_types::{TypeDraft, list_types, save_type};

const LONGEST_NAME: usize = 50;

/// 상담유형 목록 조회: a bare list of all, in the order of the tree.
pub async fn get_counsel_type_list(app: web::Data<AppState>) -> Result<Answer, Error> {
    let payloads: Vec<CounselTypeRow> = list_types(&app).await?.into_iter().map(shown).collect();
    let total_count = i64::try_from(payloads.len()).map_err(Problem::internal)?;
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

/// 상담유형 저장
pub async fn save_counsel_type(
    app: web::Data<AppState>,
    once: Once,
    Json(request): Json<SaveCounselTypeRequest>,
) -> Result<Answer, Error> {
    let draft = draft(&request)?;
    let clock = app.clock.clone();
    once.write(&app.db, move |conn| {
        let id = save_type(conn, &clock, draft)?;
        Ok::<_, Error>(Answer::envelope(clock.now(), id.to_string())?)
    })
    .await
}

fn draft(request: &SaveCounselTypeRequest) -> Result<TypeDraft, Problem> {
    let mut form = Form::new();
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

fn shown(placed: PlacedType) -> CounselTypeRow {
    let PlacedType { counsel_type, level, .. } = placed;
    CounselTypeRow {
        cnsl_typ_no: counsel_type.id.to_string(),
        cnsl_typ_nm: counsel_type.name,
        upr_cnsl_typ_no: counsel_type.parent.map(|parent| parent.to_string()),
        level,
        sort_seq: counsel_type.sort_seq,
        use_yn: Yn::from(counsel_type.is_used),
        goods_sel_mdty_yn: Yn::from(counsel_type.requirements.goods),
        ord_sel_mdty_yn: Yn::from(counsel_type.requirements.order),
    }
}
