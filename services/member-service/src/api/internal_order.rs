//! GET `/internal/orders/{ordNo}`

use actix_web::web;
use commerce::OrderNo;
use platform::answer::Answer;
use platform::extract::PathValue;
use platform::form::Form;
use service_kit::error::Error;

use crate::api::order_dto;
use crate::state::AppState;
use crate::usecase::read_order::read_order;

/// 주문 스냅샷
pub async fn internal_order(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let (order, days) = read_order(&state.db, order_no).await?;
    Ok(Answer::bare(&order_dto::snapshot(order, days)?)?)
}
