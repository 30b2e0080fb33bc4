//! POST `/v1/claim/return/getReturnTargetInfoFO`

use actix_web::web;
use commerce::OrderNo;
use dto::claim::ClaimTargetRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::Looks;

use crate::api::collection::target;
use crate::domain::collection::CollectionKind;
use crate::state::AppState;

/// 반품대상 조회
pub async fn get_return_target_info_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ClaimTargetRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    target::answer(&state, &caller, &looks, &order_no, CollectionKind::Return).await
}
