use actix_web::web;
use dto::internal::MemberWithdrawal;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::state::AppState;
use crate::usecase;

pub async fn internal_members_withdrawal(
    state: web::Data<AppState>,
    once: Once,
    withdrawal: Json<MemberWithdrawal>,
) -> Result<Answer, Error> {
    let withdrawal = withdrawal.checked()?;
    let (clock, secrets) = (state.clock.clone(), state.secrets.clone());
    let archive_years = state.settings.cancel.archive_years;
    let answer = once
        .write(&state.db, move |conn| {
            usecase::personal::mask_withdrawn_member::mask_withdrawn_member(
                conn,
                &clock,
                (&secrets, archive_years),
                &withdrawal.mbr_no,
            )?;
            Ok::<_, Error>(Answer::empty())
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
