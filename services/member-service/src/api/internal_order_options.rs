//! POST `/internal/orders/{ordNo}/options`

use actix_web::web;
use commerce::{ClaimType, OrderNo};
use dto::internal::OrderOptionChange;
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use service_kit::error::Error;

use crate::api::order_decision;
use crate::domain::item_change::ItemChange;
use crate::state::AppState;
use crate::usecase::change_item::change_item;

/// 옵션변경 반영. The same claim again is answered as the first time.
pub async fn internal_order_options(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    request: Json<OrderOptionChange>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    if request.itm_nm.contains('\0') {
        form.reject("itmNm", "사용할 수 없는 문자가 있습니다.");
    }
    let order_no = form.complete(order_no)?;
    let facts = format!("{};{};{};{}", request.ord_seq, request.from_itm_no, request.itm_no, request.itm_nm);
    let question = order_decision::question(request.claim_no, ClaimType::OptionChange, &order_no, &facts);
    let change = ItemChange {
        line_seq: request.ord_seq,
        from: request.from_itm_no,
        to: request.itm_no,
        to_name: request.itm_nm,
    };
    Ok(order_decision::answer(change_item(&state, order_no, question, change).await?)?)
}
