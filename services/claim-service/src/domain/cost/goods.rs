//! Rule 1: goods and the part of their discounts that goes with them.

use super::claimed_lines::{LineMove, Moves};
use super::explanation::{Calculation, Explanation};
use super::{ClaimedGoods, Overflow, known};

/// 상품금액과 할인액 of every claimed line.
pub(super) fn cost(moves: &Moves<'_>, explanation: &mut Explanation) -> Result<Vec<ClaimedGoods>, Overflow> {
    moves.requested().map(|line_move| cost_of(line_move, explanation)).collect()
}

fn cost_of(line_move: &LineMove<'_>, explanation: &mut Explanation) -> Result<ClaimedGoods, Overflow> {
    let line = line_move.line;
    let goods_amount = explanation.add(Calculation::Goods {
        line_title: line.title(),
        unit_price: line.unit_price,
        quantity: line_move.quantity(),
    })?;
    let discount = Calculation::Discount {
        line_title: line.title(),
        discount: line_move.live_discount,
        ordered: line.quantity,
        left_before: line_move.left_before,
        left_after: line_move.left_after,
    };
    let discount_amount = known(explanation.add_unless_zero(discount)?.checked_neg())?;
    Ok(ClaimedGoods {
        line_seq: line.seq,
        goods_no: line.goods_no.clone(),
        item_no: line.item_no.clone(),
        quantity: line_move.quantity(),
        goods_amount,
        discount_amount,
        net_amount: known(goods_amount.checked_sub(discount_amount))?,
    })
}
