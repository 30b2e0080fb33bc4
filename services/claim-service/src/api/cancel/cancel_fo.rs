//! POST `/v1/claim/orderCancel/cancelFO`

use actix_web::web;
use commerce::{ClaimStatus, Won};
use contract::ResultCode;
use dto::claim::{CancelOrderRequest, ClaimOrderAnswer};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::cancel::cancel_request;
use crate::api::claim::cost;
use crate::api::claim::means::{account_of, paid_with_of};
use crate::state::AppState;
use crate::usecase::acceptance::wait::wait_for_its_end;
use crate::usecase::cancel::accept::{CancelOrder, Cancelled, accept_cancel};

/// 주문취소
pub async fn cancel_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<CancelOrderRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let cancel = read(request, &caller, &once, &state)?;
    let (accepted, listener) = match accept_cancel(&state, &caller, cancel, deadline).await? {
        Cancelled::Accepted(accepted, listener) => (accepted, listener),
        Cancelled::AmountChanged(quote) => {
            let cost = serde_json::to_value(cost::wire(*quote)).map_err(Problem::internal)?;
            return Err(Problem::new(ResultCode::AmountChanged).with_payload(cost).into());
        }
    };
    let accepted = wait_for_its_end(&state, accepted, listener, deadline).await;
    if accepted.status == ClaimStatus::Rejected {
        return Err(Problem::new(ResultCode::OrderNotCancelable).into());
    }
    let answer = ClaimOrderAnswer {
        claim_no: accepted.claim_no,
        claim_stat_cd: accepted.status,
        rfd_prar_amt: accepted.terms.refund,
        add_pay_prar_amt: accepted.terms.additional_payment,
    };
    Ok(Answer::envelope(state.clock.now(), answer)?)
}

/// Every field that is wrong is named at once.
fn read(
    request: Json<CancelOrderRequest>,
    caller: &Caller,
    once: &Once,
    state: &AppState,
) -> Result<CancelOrder, Error> {
    let (request, mut form) = request.open();
    if request.expect_rfd_amt.is_some_and(Won::is_negative) {
        form.reject("expectRfdAmt", "0원 이상이어야 합니다.");
    }
    let refund_account = request.rfd_acct.as_ref().and_then(|account| account_of(&mut form, account));
    let paid_with = request.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let (order_no, cancel) = cancel_request::read(form, &request.claim(), caller, state.clock.now())?;
    Ok(CancelOrder {
        order_no,
        request: cancel,
        reason_text: request.claim_rsn_cntt.filter(|text| !text.is_empty()),
        cost_hash: request.cost_hash,
        expected_refund: request.expect_rfd_amt,
        paid_with,
        refund_account,
        once: once.clone(),
    })
}
