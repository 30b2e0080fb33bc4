//! POST `/v1/claim/exchange/withdrawalExchange`

use actix_web::web;
use commerce::ClaimType;
use commerce::claimable::reason::Asker;
use dto::claim::ExchangeWithdrawalRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::fields::{self, UNKNOWN_CODE};
use crate::domain::collection::CollectionKind;
use crate::domain::request::RequestFault;
use crate::state::AppState;
use crate::usecase::collection::hold::hold;
use crate::usecase::collection::look::Named;
use crate::usecase::collection::withdraw::withdraw;

/// 교환 철회; with a cause 회수완료보류 instead. What the back office says beside the claim has to be there and is not judged, and
/// of the type only that it is one whose goods travel: which one, the path says.
pub async fn withdrawal_exchange(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ExchangeWithdrawalRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    for (field, value) in [("systemType", &sent.system_type), ("ordMediaCd", &sent.ord_media_cd)] {
        if value.as_deref().is_none_or(str::is_empty) {
            form.missing(field);
        }
    }
    let claim_type = form.required("claimBusinessType", sent.claim_business_type.as_deref(), |text| {
        ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let cause = fields::words(&mut form, "wthdFnshWaitProcCaus", sent.wthd_fnsh_wait_proc_caus);
    let ((order_no, claim_no), claim_type) = form.complete(claim.zip(claim_type))?;
    if CollectionKind::of(claim_type).is_none() {
        return Err(RequestFault::TypeNotSupported(claim_type).into());
    }
    let named = Named { order_no, claim_no, kinds: &[CollectionKind::Exchange] };
    match cause {
        Some(cause) => hold(&state, &caller, &once, (named, cause), deadline).await,
        None => withdraw(&state, &caller, &once, (named, Asker::Agent), deadline).await,
    }
}
