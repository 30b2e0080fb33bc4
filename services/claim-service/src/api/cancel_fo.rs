//! POST `/v1/claim/orderCancel/cancelFO`

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use commerce::{ClaimStatus, PayMeans, Won};
use dto::claim::{AdditionalPaymentRequest, CancelOrderAnswer, CancelOrderRequest, RefundAccountRequest};
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::api::{cancel_request, claim_cost};
use crate::app::AppState;
use crate::domain::accepted_cancel::PaidWith;
use crate::domain::refund_account::RefundAccount;
use crate::usecase::{self, Acceptance, CancelOrder};

const MOST_BANK_CODE: usize = 10;
const MOST_ACCOUNT_NO: usize = 30;
const MOST_HOLDER: usize = 50;
const MOST_PAYMENT_KEY: usize = 200;

/// 주문취소
pub async fn cancel_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<CancelOrderRequest>,
) -> Result<Answer, Error> {
    let deadline = Instant::now() + Duration::from_millis(state.settings.cancel.answer_deadline_ms);
    let cancel = Arc::new(read(&request, &caller, &once, &state)?);
    let outcome = match usecase::accept_cancel(&state, &caller, &cancel, deadline).await? {
        Acceptance::Accepted(outcome, listener) => {
            usecase::await_cancel(&state, outcome, listener, deadline).await
        }
        Acceptance::AmountChanged(quote) => {
            let cost = serde_json::to_value(claim_cost::wire(*quote)).map_err(Problem::internal)?;
            return Err(Problem::new(ResultCode::AmountChanged).with_payload(cost).into());
        }
    };
    if outcome.status == ClaimStatus::Rejected {
        return Err(Problem::new(ResultCode::OrderNotCancelable).into());
    }
    let answer = CancelOrderAnswer {
        claim_no: outcome.claim_no,
        claim_stat_cd: outcome.status,
        rfd_prar_amt: outcome.refund,
        add_pay_prar_amt: outcome.additional_payment,
    };
    Ok(Answer::envelope(state.clock.now(), answer)?)
}

/// Every field that is wrong is named at once.
fn read(
    request: &CancelOrderRequest,
    caller: &Caller,
    once: &Once,
    state: &AppState,
) -> Result<CancelOrder, Error> {
    let mut form = Form::new();
    if request.expect_rfd_amt.is_some_and(Won::is_negative) {
        form.reject("expectRfdAmt", "0원 이상이어야 합니다.");
    }
    let refund_account = request.rfd_acct.as_ref().and_then(|account| account_of(&mut form, account));
    let paid_with = request.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let (order_no, cancel) = cancel_request::read_with(form, &request.claim(), caller, state.clock.now())?;
    Ok(CancelOrder {
        order_no,
        request: cancel,
        reason_text: request.claim_rsn_cntt.clone().filter(|text| !text.is_empty()),
        cost_hash: request.cost_hash.clone(),
        expected_refund: request.expect_rfd_amt,
        paid_with,
        refund_account,
        acceptance_key: once.identity().map(str::to_owned),
    })
}

/// One whose fields are all empty was not filled in, and counts as missing.
fn account_of(form: &mut Form, account: &RefundAccountRequest) -> Option<RefundAccount> {
    let fields = [&account.bank_cd, &account.acct_no, &account.dpstr_nm];
    if fields.iter().all(|field| is_missing(field.as_deref())) {
        return None;
    }
    let bank_code = form.required("rfdAcct.bankCd", account.bank_cd.as_deref(), |text| {
        let is_code = text.len() <= MOST_BANK_CODE && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_code { Ok(text.to_owned()) } else { Err("은행코드 형식이 올바르지 않습니다.") }
    });
    let account_no = form.required("rfdAcct.acctNo", account.acct_no.as_deref(), |text| {
        let is_number = text.len() <= MOST_ACCOUNT_NO
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && text.bytes().any(|byte| byte.is_ascii_digit());
        if is_number {
            Ok(text.to_owned())
        } else {
            Err("계좌번호는 숫자와 -만 입력할 수 있습니다.")
        }
    });
    let holder = form.required("rfdAcct.dpstrNm", account.dpstr_nm.as_deref(), |text| {
        let is_name = text.chars().count() <= MOST_HOLDER
            && !text.trim().is_empty()
            && !text.chars().any(char::is_control);
        if is_name {
            Ok(text.trim().to_owned())
        } else {
            Err("예금주명 형식이 올바르지 않습니다.")
        }
    });
    let ((bank_code, account_no), holder) = bank_code.zip(account_no).zip(holder)?;
    Some(RefundAccount { bank_code, account_no, holder })
}

fn paid_with_of(form: &mut Form, paid: &AdditionalPaymentRequest) -> Option<PaidWith> {
    if is_missing(paid.pay_means_cd.as_deref()) && is_missing(paid.pg_pay_key.as_deref()) {
        return None;
    }
    let means = form.required("addPay.payMeansCd", paid.pay_means_cd.as_deref(), |text| {
        PayMeans::from_wire(text).ok_or("코드표에 없는 값입니다.")
    });
    let provider_key = form.required("addPay.pgPayKey", paid.pg_pay_key.as_deref(), |text| {
        let is_key = text.len() <= MOST_PAYMENT_KEY && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_key { Ok(text.to_owned()) } else { Err("결제키 형식이 올바르지 않습니다.") }
    });
    let (means, provider_key) = means.zip(provider_key)?;
    Some(PaidWith { means, provider_key })
}

fn is_missing(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}
