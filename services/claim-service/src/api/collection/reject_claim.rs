//! POST `/v1/claim/claimMgmt/rejectClaim`

use actix_web::web;
use commerce::RejectReason;
use dto::claim::ClaimRejectionRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::answer::standing;
use crate::api::collection::fields::{self, EITHER, UNKNOWN_CODE};
use crate::domain::collection::Rejection;
use crate::state::AppState;
use crate::usecase::collection::look::Named;
use crate::usecase::collection::reject::reject;

/// 반려
pub async fn reject_claim(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ClaimRejectionRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let reason = form.required("rjtRsnCd", sent.rjt_rsn_cd.as_deref(), |text| {
        RejectReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let text = fields::words(&mut form, "rjtRsnCntt", sent.rjt_rsn_cntt);
    let ((order_no, claim_no), reason) = form.complete(claim.zip(reason))?;
    let named = Named { order_no, claim_no, kinds: EITHER };
    let (refusal, now) = ((named, Rejection { reason, text }), state.clock.now());
    reject(&state, &caller, &once, refusal, deadline, move |claim| standing(claim, now)).await
}
