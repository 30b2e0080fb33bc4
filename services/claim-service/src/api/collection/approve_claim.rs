//! POST `/v1/claim/claimMgmt/approveClaim`

use actix_web::web;
use commerce::CollectionMethod;
use dto::claim::ClaimApprovalRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::answer::standing;
use crate::api::collection::fields::{self, EITHER, UNKNOWN_CODE};
use crate::state::AppState;
use crate::usecase::collection::approve::{Approval, approve};
use crate::usecase::collection::look::Named;

/// 접수승인
pub async fn approve_claim(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ClaimApprovalRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let method = form.optional("wthdMthdCd", sent.wthd_mthd_cd.as_deref(), |text| {
        CollectionMethod::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let (order_no, claim_no) = form.complete(claim)?;
    let approval = Approval { named: Named { order_no, claim_no, kinds: EITHER }, method };
    let now = state.clock.now();
    approve(&state, &caller, &once, approval, deadline, move |claim| standing(claim, now)).await
}
