use actix_web::web;
use dto::internal::MemberWithdrawal;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::app::AppState;
use crate::usecase;

pub async fn internal_members_withdrawal(
    state: web::Data<AppState>,
    once: Once,
    Json(withdrawal): Json<MemberWithdrawal>,
) -> Result<Answer, Error> {
    let (clock, archive_years) = (state.clock.clone(), state.settings.cancel.archive_years);
    once.write(&state.db, move |conn| {
        usecase::mask_withdrawn_member(conn, &clock, archive_years, &withdrawal.mbr_no)?;
        Ok(Answer::empty())
    })
    .await
}
