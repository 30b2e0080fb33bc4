//! POST `/v1/claim/common/claimCalculateCostFO`

use actix_web::web;
use dto::claim::ClaimRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::{cancel_request, claim_cost};
use crate::app::AppState;
use crate::usecase;

/// 클레임 비용 계산
pub async fn claim_calculate_cost_fo(
    state: web::Data<AppState>,
    caller: Caller,
    Json(request): Json<ClaimRequest>,
) -> Result<Answer, Error> {
    let (order_no, request) = cancel_request::read(&request, &caller, state.clock.now())?;
    let quote = usecase::quote_cancel(&state, &caller, &order_no, &request).await?;
    Ok(Answer::bare(&claim_cost::wire(quote))?)
}
