//! 개인통관고유부호 변경: the order keeps it.

use commerce::OrderNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::refusals;
use crate::state::AppState;
use crate::usecase::open_order::open_order;

/// A repeat changes nothing.
pub async fn change_customs_code(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    (delivery_seq, code): (i32, String),
) -> Result<(), Error> {
    open_order(state, caller, order_no).await?;
    let member = &state.clients.member;
    member.change_customs_code(order_no, delivery_seq, code).await.map_err(refusals::passed_on)
}
