//! POST `/v1/claim/exchange/exchangeFO`

use actix_web::web;
use commerce::Won;
use dto::claim::ExchangeOrderRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::claim::means::paid_with_of;
use crate::api::collection::{answer, fields, request};
use crate::domain::collection::CollectionKind;
use crate::state::AppState;
use crate::usecase::collection::accept::{CollectionOrder, accept_request};

/// 교환 신청
pub async fn exchange_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ExchangeOrderRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    if sent.expect_rfd_amt.is_some_and(Won::is_negative) {
        form.reject("expectRfdAmt", "0원 이상이어야 합니다.");
    }
    let delivered_to = fields::address(&mut form, "exchDlvp", sent.exch_dlvp.as_ref());
    let paid_with = sent.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let now = state.clock.now();
    let (order_no, request, collected_from) =
        request::read(form, &sent.claim(), CollectionKind::Exchange, &caller, now)?;
    let order = CollectionOrder {
        order_no,
        request,
        reason_text: sent.claim_rsn_cntt.filter(|text| !text.is_empty()),
        cost_hash: sent.cost_hash,
        expected_refund: sent.expect_rfd_amt,
        paid_with,
        refund_account: None,
        collected_from,
        delivered_to,
        once,
    };
    answer::accepted(accept_request(&state, &caller, order, deadline).await?, state.clock.now())
}
