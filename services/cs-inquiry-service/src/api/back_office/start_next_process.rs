//! 다음 상담 처리 시작

use actix_web::web;
use commerce::InquiryStatus;
use dto::inquiry::{NextCounsel, StartNextProcessRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::caller::agent;
use crate::api::fields;
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::usecase::take_next::take_next;

pub async fn start_next_process(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<StartNextProcessRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let types = types(&mut form, &request.cnsl_typ_no_list);
    form.finish()?;
    let (agent, clock, most_open) = (agent(&caller), state.clock.clone(), state.settings.counsel.max_open);
    once.write(&state.db, move |conn| {
        let next = take_next(conn, &clock, &agent, &types, most_open)?;
        let next = NextCounsel {
            ccn_no: next.map(InquiryId::counsel_no),
            cnsl_stat_cd: next.map(|_| InquiryStatus::InProgress),
        };
        Ok::<_, Error>(Answer::envelope(clock.now(), next)?)
    })
    .await
}

/// A number that no type can have fits no inquiry.
fn types(form: &mut Form, numbers: &[String]) -> Vec<i64> {
    let mut types = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let field = format!("cnslTypNoList[{index}]");
        match fields::counted(form, &field, Some(number)) {
            Some(found) => types.push(found.unwrap_or(-1)),
            None => form.missing(field),
        }
    }
    types
}
