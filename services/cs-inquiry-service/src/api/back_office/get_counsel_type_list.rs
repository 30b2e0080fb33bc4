//! 상담유형 목록 조회: a bare list of all, in the order of the tree.

use actix_web::web;
use commerce::Yn;
use dto::inquiry::{BackOfficeList, CounselTypeRow};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::counsel_type_tree::PlacedType;
use crate::state::AppState;
use crate::usecase::manage_types::list_types;

pub async fn get_counsel_type_list(state: web::Data<AppState>) -> Result<Answer, Error> {
    let payloads: Vec<CounselTypeRow> = list_types(&state).await?.into_iter().map(shown).collect();
    let total_count = i64::try_from(payloads.len()).map_err(Problem::internal)?;
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
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
