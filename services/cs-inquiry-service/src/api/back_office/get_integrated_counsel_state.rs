//! 통합상담 상태 조회

use actix_web::web;
use commerce::{CounselNo, Yn};
use dto::inquiry::{CounselStateList, CounselStateQuery, CounselStateRow};
use platform::answer::Answer;
use platform::extract::Query;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::counsel_state::CounselState;
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::usecase::watch_counsels::find_states;

const MOST_AT_ONCE: usize = 100;

pub async fn get_integrated_counsel_state(
    state: web::Data<AppState>,
    query: Query<CounselStateQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let ids = inquiries(&mut form, query.ccn_no.as_deref());
    let ids = form.complete(ids)?;
    let list = find_states(&state, ids).await?.into_iter().map(shown).collect();
    let now = state.clock.now();
    Ok(Answer::envelope(now, CounselStateList { list, server_dtm: now.into() })?)
}

/// Numbers with commas between. A well-formed one that no inquiry can have is one that is not found.
fn inquiries(form: &mut Form, value: Option<&str>) -> Option<Vec<InquiryId>> {
    let numbers: Vec<CounselNo> = form
        .required("ccnNo", value, |text| text.split(',').map(CounselNo::parse).collect::<Result<_, _>>())?;
    if numbers.len() > MOST_AT_ONCE {
        form.reject("ccnNo", format!("{MOST_AT_ONCE}건까지 조회할 수 있습니다."));
        return None;
    }
    Some(numbers.iter().filter_map(InquiryId::of).collect())
}

fn shown(state: CounselState) -> CounselStateRow {
    CounselStateRow {
        ccn_no: state.id.counsel_no(),
        cnsl_stat_cd: state.status,
        proc_user_id: state.agent,
        proc_dtm: state.taken_at.map(Into::into),
        mod_dtm: state.changed_at.into(),
        del_yn: Yn::from(state.is_deleted),
    }
}
