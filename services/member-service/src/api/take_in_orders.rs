//! POST `/v1/order/orders`

use actix_web::web;
use dto::order::{OrderIntakeAnswer, OrderIntakeRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::order_dto;
use crate::state::AppState;
use crate::usecase::take_in_orders as usecase;

/// 주문 수신
pub async fn take_in_orders(
    state: web::Data<AppState>,
    once: Once,
    request: Json<OrderIntakeRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let orders = order_dto::with_documents(request.orders, form)?;
    let now = state.clock.now();
    usecase::take_in_orders(&state, &once, orders, move |taken| {
        let count = |count| i64::try_from(count).map_err(Problem::internal);
        let answer = OrderIntakeAnswer { created: count(taken.created)?, unchanged: count(taken.unchanged)? };
        Answer::envelope(now, answer)
    })
    .await
}
