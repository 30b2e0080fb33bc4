//! 주문상태 변경: all named lines of an order move forward, or none does.

use commerce::OrderNo;
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::line_status::{StatusMove, move_lines};
use crate::domain::purchase_total::{LineState, summarise};
use crate::refusals;
use crate::state::AppState;
use crate::store::{order, order_line};

pub async fn move_status(
    state: &AppState,
    once: &Once,
    order_no: OrderNo,
    moves: Vec<StatusMove>,
    answer: impl Fn() -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Error> {
    once.write(&state.db, move |conn| {
        if !order::lock(conn, &order_no)? {
            return Err(refusals::no_such_order());
        }
        let lines: Vec<LineState> =
            order_line::find(conn, &order_no)?.into_iter().map(|line| line.state).collect();
        let moved = move_lines(&lines, &moves)?;
        for line in moved.iter().filter(|line| !lines.contains(line)) {
            order_line::update_status(conn, &order_no, line)?;
        }
        if moved != lines {
            let summary =
                summarise(&moved).ok_or_else(|| Problem::internal("the lines of an order do not add up"))?;
            order::update_summary(conn, &order_no, &summary)?;
        }
        Ok(answer()?)
    })
    .await
}
