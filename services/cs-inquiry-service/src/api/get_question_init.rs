//! GET `getQuestionInit`

use actix_web::web;
use commerce::Yn;
use dto::inquiry::{FileLimit, InitCounselType, QuestionInit};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::attachment::{FileKind, LARGEST_FILE, MOST_FILES};
use crate::domain::counsel_type_tree::PlacedType;
use crate::state::AppState;
use crate::usecase::manage_types::list_types;

/// 1:1문의 작성 초기정보 조회
pub async fn get_question_init(state: web::Data<AppState>) -> Result<Answer, Error> {
    let offered = list_types(&state).await?.into_iter().filter(|placed| placed.is_offered);
    let init = QuestionInit {
        cnsl_typ_list: offered.map(init_type).collect(),
        file_limit: FileLimit {
            max_cnt: i32::try_from(MOST_FILES).map_err(Problem::internal)?,
            max_bytes: i64::try_from(LARGEST_FILE).map_err(Problem::internal)?,
            types: FileKind::ALL.into_iter().map(|kind| kind.media_type().to_owned()).collect(),
        },
    };
    Ok(Answer::envelope(state.clock.now(), init)?)
}

fn init_type(placed: PlacedType) -> InitCounselType {
    let PlacedType { counsel_type, level, .. } = placed;
    InitCounselType {
        cnsl_typ_no: counsel_type.id.to_string(),
        cnsl_typ_nm: counsel_type.name,
        upr_cnsl_typ_no: counsel_type.parent.map(|parent| parent.to_string()),
        level,
        sort_seq: counsel_type.sort_seq,
        goods_sel_mdty_yn: Yn::from(counsel_type.requirements.goods),
        ord_sel_mdty_yn: Yn::from(counsel_type.requirements.order),
    }
}
