//! POST `/internal/orders/{ordNo}/additionalPayments/release`

use actix_web::web;
use commerce::OrderNo;
use dto::internal::AdditionalPaymentRelease;
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use service_kit::error::Error;

use crate::api::internal_additional_payments::{hold_no, payment_key};
use crate::state::AppState;
use crate::usecase::hold_payment_key::release_payment_key;

/// 추가결제 반납
pub async fn internal_additional_payments_release(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    request: Json<AdditionalPaymentRelease>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let key = form.required("pgPayKey", Some(&request.pg_pay_key), payment_key);
    let hold_no = form.required("holdNo", Some(&request.hold_no), hold_no);
    let ((order_no, key), hold_no) = form.complete(order_no.zip(key).zip(hold_no))?;
    release_payment_key(&state, order_no, key, hold_no).await?;
    Ok(Answer::empty())
}
