//! POST `/v1/member/nonMbrLogin`

use actix_web::web;
use commerce::OrderNo;
use dto::member::{NonMemberLoginRequest, NonMemberLoginResponse};
use platform::answer::Answer;
use platform::extract::Json;
use platform::household::Household;
use secrecy::SecretString;
use service_kit::error::Error;

use crate::secrets::guest_token::LIFETIME_SECONDS;
use crate::state::AppState;
use crate::usecase::log_guest_in::log_guest_in;

/// 비회원 로그인
pub async fn non_mbr_login(
    state: web::Data<AppState>,
    household: Household,
    request: Json<NonMemberLoginRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    // Of any length: one that no order can have is a wrong password, not a malformed request.
    let password = form.text("ordPwd", request.ord_pwd.as_deref(), 1, usize::MAX).map(SecretString::from);
    let (order_no, password) = form.complete(order_no.zip(password))?;
    let access_token = log_guest_in(&state, household, order_no, password).await?;
    Ok(Answer::envelope(
        state.clock.now(),
        NonMemberLoginResponse { access_token, expires_in: LIFETIME_SECONDS },
    )?)
}
