//! POST `/v1/claim/common/saveWthdInvFO`

use actix_web::web;
use dto::claim::CollectionInvoiceRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::fields::{self, EITHER};
use crate::state::AppState;
use crate::usecase::collection::invoice::save_invoice;
use crate::usecase::collection::look::Named;

/// 회수송장 등록
pub async fn save_wthd_inv_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<CollectionInvoiceRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let invoice = fields::invoice_sent(&mut form, "", sent.hdc_cd.as_deref(), sent.inv_no.as_deref());
    let ((order_no, claim_no), invoice) = form.complete(claim.zip(invoice))?;
    let named = Named { order_no, claim_no, kinds: EITHER };
    save_invoice(&state, &caller, &once, (named, invoice), deadline).await
}
