//! POST `/v1/claim/return/returnFO`

use actix_web::web;
use commerce::Won;
use dto::claim::ReturnOrderRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::claim::means::{account_of, paid_with_of};
use crate::api::collection::{answer, request};
use crate::domain::collection::CollectionKind;
use crate::state::AppState;
use crate::usecase::collection::accept::{CollectionOrder, accept_request};

/// 반품 신청
pub async fn return_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ReturnOrderRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    if sent.expect_rfd_amt.is_some_and(Won::is_negative) {
        form.reject("expectRfdAmt", "0원 이상이어야 합니다.");
    }
    let refund_account = sent.rfd_acct.as_ref().and_then(|account| account_of(&mut form, account));
    let paid_with = sent.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let now = state.clock.now();
    let (order_no, request, collected_from) =
        request::read(form, &sent.claim(), CollectionKind::Return, &caller, now)?;
    let order = CollectionOrder {
        order_no,
        request,
        reason_text: sent.claim_rsn_cntt.filter(|text| !text.is_empty()),
        cost_hash: sent.cost_hash,
        expected_refund: sent.expect_rfd_amt,
        paid_with,
        refund_account,
        collected_from,
        delivered_to: None,
        once,
    };
    answer::accepted(accept_request(&state, &caller, order, deadline).await?, state.clock.now())
}
