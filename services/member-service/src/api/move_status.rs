//! POST `/v1/order/orders/{ordNo}/status`

use actix_web::web;
use chrono::SubsecRound as _;
use commerce::OrderNo;
use dto::order::OrderStatusRequest;
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::line_status::StatusMove;
use crate::state::AppState;
use crate::usecase::move_status as usecase;

/// 주문상태 변경
pub async fn move_status(
    state: web::Data<AppState>,
    once: Once,
    PathValue(order_no): PathValue,
    request: Json<OrderStatusRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let moves = request
        .lines
        .into_iter()
        .map(|line| StatusMove {
            line_seq: line.ord_seq,
            status: line.ord_dtl_stat_cd,
            // Orders are kept in microseconds.
            at: line.dtm.utc().trunc_subsecs(6),
        })
        .collect();
    let now = state.clock.now();
    usecase::move_status(&state, &once, order_no, moves, move || Answer::envelope(now, ())).await
}
