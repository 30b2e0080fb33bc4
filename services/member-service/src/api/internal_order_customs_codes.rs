//! POST `/internal/orders/{ordNo}/customsCodes`

use actix_web::web;
use commerce::OrderNo;
use dto::internal::OrderCustomsCode;
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use service_kit::error::Error;

use crate::domain::delivery_place::CustomsNumber;
use crate::state::AppState;
use crate::usecase::change_customs_code::change_customs_code;

/// 개인통관고유부호 반영
pub async fn internal_order_customs_codes(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    request: Json<OrderCustomsCode>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let customs_number = form.required("persCstmCd", Some(&request.pers_cstm_cd), CustomsNumber::parse);
    let (order_no, customs_number) = form.complete(order_no.zip(customs_number))?;
    change_customs_code(&state, order_no, request.dlvp_seq, customs_number).await?;
    Ok(Answer::empty())
}
