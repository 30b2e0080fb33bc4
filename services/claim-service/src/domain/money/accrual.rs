//! Rule 7: what the order's accumulation gives back. It does not change the refund.

use commerce::Won;

use crate::domain::money::claimed_lines::Moves;
use crate::domain::money::{AccrualTakenBack, Overflow, known};
use crate::domain::order::PaidOrder;

/// 적립회수 of every row of the order's accumulation, rows of 0 left out.
pub(super) fn take_back(order: &PaidOrder, moves: &Moves<'_>) -> Result<Vec<AccrualTakenBack>, Overflow> {
    let mut rows = Vec::new();
    for row in order.accruals() {
        let Some(place) = order.place(row.line_seq) else { continue };
        let line_move = moves.at(place);
        let ordered = line_move.line.quantity;
        let given_back = |left: i64| portion_gone(row.amount, ordered.saturating_sub(left), ordered);
        let amount =
            known(given_back(line_move.left_after)?.checked_sub(given_back(line_move.left_before)?))?;
        if !amount.is_zero() {
            rows.push(AccrualTakenBack {
                reason: row.reason,
                promotion_no: row.promotion_no.clone(),
                line_seq: row.line_seq,
                amount,
            });
        }
    }
    Ok(rows)
}

pub(super) fn total(rows: &[AccrualTakenBack]) -> Result<Won, Overflow> {
    known(Won::sum(rows.iter().map(|row| row.amount)))
}

/// The part of an amount that belongs to the units gone, rounded down: a function of the state alone.
fn portion_gone(amount: Won, gone: i64, ordered: i64) -> Result<Won, Overflow> {
    let product = i128::from(amount.amount()) * i128::from(gone);
    let portion = product.checked_div_euclid(i128::from(ordered)).ok_or(Overflow)?;
    i64::try_from(portion).map(Won::new).map_err(|_| Overflow)
}
