//! POST `/v1/claim/claimMgmt/convertExchangeToReturn`

use actix_web::web;
use commerce::claimable::reason::{Asker, ClaimKind, may_give};
use commerce::{Blame, ClaimReason};
use dto::claim::{ClaimStanding, ConversionRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::fields::{self, UNKNOWN_CODE};
use crate::domain::request::FieldFaultKind;
use crate::state::AppState;
use crate::usecase::exchange::convert::{ConversionOrder, convert};

/// 교환 반품전환
pub async fn convert_exchange_to_return(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ConversionRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let blame = form.optional("imptDivCd", sent.impt_div_cd.as_deref(), |text| {
        Blame::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let reason = form.optional("claimRsnCd", sent.claim_rsn_cd.as_deref(), |text| {
        ClaimReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    if reason.is_some_and(|reason| !may_give(Asker::Agent, ClaimKind::Return, reason)) {
        form.reject("claimRsnCd", FieldFaultKind::ReasonForAgents.hint_ko());
    }
    let (order_no, claim_no) = form.complete(claim)?;
    let order = ConversionOrder { order_no, claim_no, reason, blame, once };
    let converted = convert(&state, &caller, order, deadline).await?;
    let standing = ClaimStanding { claim_no: converted.claim_no, claim_stat_cd: converted.status };
    Ok(Answer::envelope(state.clock.now(), standing)?)
}
