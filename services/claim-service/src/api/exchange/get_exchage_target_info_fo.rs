//! POST `/v1/claim/exchange/getExchageTargetInfoFO`: the path is spelled as it is known.

use actix_web::web;
use commerce::OrderNo;
use dto::claim::ExchangeTargetRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::Looks;

use crate::api::collection::target;
use crate::domain::collection::CollectionKind;
use crate::state::AppState;

/// 교환대상 조회
pub async fn get_exchage_target_info_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ExchangeTargetRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    target::answer(&state, &caller, &looks, &order_no, CollectionKind::Exchange).await
}
