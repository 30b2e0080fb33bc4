//! 옵션변경 반영: a line of an order moves to another item, or stays as it is.

use commerce::OrderNo;
use service_kit::error::Error;

use crate::domain::item_change::{self, ItemChange};
use crate::domain::order_decision::{Decision, Question};
use crate::state::AppState;
use crate::store::order_line;
use crate::usecase::decide_once::decide_once;

pub async fn change_item(
    state: &AppState,
    order_no: OrderNo,
    question: Question,
    change: ItemChange,
) -> Result<Decision, Error> {
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            decide_once(conn, &order_no, &question, now, |conn| {
                let lines = order_line::find(conn, &order_no)?;
                let decision = item_change::decide(&lines, &change)?;
                if decision == Decision::Confirmed {
                    order_line::update_item(conn, &order_no, &change)?;
                }
                Ok(decision)
            })
        })
        .await
}
