use actix_web::web;
use dto::internal::MemberWithdrawal;
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::usecase::app_state::AppState;
use crate::usecase::mask_withdrawn_member::mask_withdrawn_member;

/// 회원 탈퇴 전달
pub async fn internal_members_withdrawal(
    app: web::Data<AppState>,
    once: Once,
    Json(withdrawal): Json<MemberWithdrawal>,
) -> Result<Answer, Error> {
    let clock = app.clock.clone();
    let answer = once
        .write(&app.db, move |conn| {
            mask_withdrawn_member(conn, &clock, &withdrawal.mbr_no)?;
            Ok::<_, Error>(Answer::empty())
        })
        .await?;
    app.bell.ring();
    Ok(answer)
}
