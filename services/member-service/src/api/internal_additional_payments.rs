//! POST `/internal/orders/{ordNo}/additionalPayments`

use actix_web::web;
use commerce::{OrderNo, Yn};
use dto::internal::{AdditionalPaymentHeld, AdditionalPaymentHold};
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use service_kit::error::Error;

use crate::domain::payment_key::{Holder, is_of_additional_payment};
use crate::state::AppState;
use crate::usecase::hold_payment_key::hold_payment_key;

/// Characters of what names a hold.
const MOST_HOLD_NO: usize = 64;

/// 추가결제 선점. The same hold again is answered alike.
pub async fn internal_additional_payments(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    request: Json<AdditionalPaymentHold>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let key = form.required("pgPayKey", Some(&request.pg_pay_key), payment_key);
    let hold_no = form.optional("holdNo", request.hold_no.as_deref(), hold_no);
    let (order_no, key) = form.complete(order_no.zip(key))?;
    let holder = hold_payment_key(&state, order_no.clone(), key, hold_no).await?;
    let (held_yn, ord_no) = match holder {
        Holder::Asked => (Yn::Yes, order_no),
        Holder::Other(other) => (Yn::No, other),
    };
    Ok(Answer::bare(&AdditionalPaymentHeld { held_yn, ord_no })?)
}

pub(crate) fn payment_key(text: &str) -> Result<String, &'static str> {
    if is_of_additional_payment(text) {
        Ok(text.to_owned())
    } else {
        Err("결제키 형식이 올바르지 않습니다.")
    }
}

pub(crate) fn hold_no(text: &str) -> Result<String, &'static str> {
    let is_number = text.len() <= MOST_HOLD_NO && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_number { Ok(text.to_owned()) } else { Err("선점번호 형식이 올바르지 않습니다.") }
}
