//! POST `/v1/claim/common/saveRfdAcctFO`

use actix_web::web;
use dto::claim::ClaimAccountRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::claim::means::account_of;
use crate::api::collection::fields;
use crate::domain::collection::CollectionKind;
use crate::state::AppState;
use crate::usecase::collection::account::save_account;
use crate::usecase::collection::look::Named;

/// 환불계좌 등록
pub async fn save_rfd_acct_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ClaimAccountRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let had_errors = form.has_errors();
    let account = sent.rfd_acct.as_ref().and_then(|account| account_of(&mut form, account));
    if account.is_none() && form.has_errors() == had_errors {
        form.missing("rfdAcct");
    }
    let ((order_no, claim_no), account) = form.complete(claim.zip(account))?;
    let named = Named { order_no, claim_no, kinds: &[CollectionKind::Return] };
    save_account(&state, &caller, &once, (named, account), deadline).await
}
