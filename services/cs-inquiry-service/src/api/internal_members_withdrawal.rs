use actix_web::web;
use dto::internal::MemberWithdrawal;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::state::AppState;
use crate::usecase::mask_withdrawn_member::mask_withdrawn_member;

/// 회원 탈퇴 전달
pub async fn internal_members_withdrawal(
    state: web::Data<AppState>,
    once: Once,
    withdrawal: Json<MemberWithdrawal>,
) -> Result<Answer, Error> {
    let withdrawal = withdrawal.checked()?;
    let clock = state.clock.clone();
    let answer = once
        .write(&state.db, move |conn| {
            mask_withdrawn_member(conn, &clock, &withdrawal.mbr_no)?;
            Ok::<_, Error>(Answer::empty())
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
