//! POST `/v1/claim/return/withdrawalReturnFO`

use actix_web::web;
use dto::claim::ClaimWithdrawalRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::claim::asker::asker;
use crate::api::collection::fields;
use crate::domain::collection::CollectionKind;
use crate::state::AppState;
use crate::usecase::collection::look::Named;
use crate::usecase::collection::withdraw::withdraw;

/// 반품 철회
pub async fn withdrawal_return_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ClaimWithdrawalRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let (order_no, claim_no) = form.complete(claim)?;
    let named = Named { order_no, claim_no, kinds: &[CollectionKind::Return] };
    withdraw(&state, &caller, &once, (named, asker(&caller)), deadline).await
}
