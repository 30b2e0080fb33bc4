//! POST `/v1/member/withdrawalMemberOrderInfo`

use actix_web::web;
use commerce::MemberNo;
use dto::member::WithdrawalMemberRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::state::AppState;
use crate::usecase::mask_withdrawn_member::mask_withdrawn_member;

/// 탈퇴회원 주문정보 마스킹 처리
pub async fn withdrawal_member_order_info(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<WithdrawalMemberRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let member_no = form.required("mbrNo", request.mbr_no.as_deref(), MemberNo::parse);
    let member_no = form.complete(member_no)?;
    caller.acts_for_member(&member_no)?;
    mask_withdrawn_member(&state, &once, member_no).await
}
