//! Rule 1: goods and the part of their discounts that goes with them.

use commerce::Won;

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::{ClaimedUnits, Moves, by_line_and_item, left_of};
use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::refusal::Unsound;
use crate::domain::money::terms::ExchangedGoods;
use crate::domain::money::{ClaimedGoods, Overflow, known};
use crate::domain::order::PaidOrder;

/// 상품금액과 할인액 of all units claimed.
pub(super) fn cost(moves: &Moves<'_>, explanation: &mut Explanation) -> Result<Vec<ClaimedGoods>, Overflow> {
    moves.claimed().iter().map(|units| cost_of(units, moves, explanation)).collect()
}

fn cost_of(
    units: &ClaimedUnits<'_>,
    moves: &Moves<'_>,
    explanation: &mut Explanation,
) -> Result<ClaimedGoods, Overflow> {
    let line_move = moves.at(units.place);
    let line = line_move.line;
    let line_title = line.title_of(units.item_no);
    let goods_amount = explanation.add(Calculation::Goods {
        line_title: line_title.clone(),
        unit_price: line.unit_price,
        quantity: units.quantity(),
        is_returned: moves.is_return(),
    })?;
    let discount = Calculation::Discount {
        line_title,
        discount: line_move.live_discount,
        ordered: line.quantity,
        left_before: units.left_before,
        left_after: units.left_after,
        is_returned: moves.is_return(),
    };
    let discount_amount = known(explanation.add_unless_zero(discount)?.checked_neg())?;
    Ok(ClaimedGoods {
        line_seq: line.seq,
        goods_no: line.goods_no.clone(),
        item_no: units.item_no.clone(),
        quantity: units.quantity(),
        goods_amount,
        discount_amount,
        net_amount: known(goods_amount.checked_sub(discount_amount))?,
    })
}

/// 교환상품: what is exchanged is still the customer's, so it moves no money.
pub(super) fn exchanged(
    order: &PaidOrder,
    history: &ClaimHistory,
    goods: &[ExchangedGoods],
) -> Result<Vec<ClaimedGoods>, Unsound> {
    let units = by_line_and_item(order, goods, |one| (one.line_seq, &one.item_no, one.quantity))?;
    let mut exchanged: Vec<ClaimedGoods> = Vec::with_capacity(units.len());
    for (place, item_no, quantity) in units {
        let Some(line) = order.lines().get(place.index()) else { continue };
        let before = exchanged.iter().filter(|one| one.line_seq == line.seq).map(|one| one.quantity);
        if before.fold(quantity, i64::saturating_add) > left_of(line, history) {
            return Err(Unsound::Contradiction("more is exchanged than is left"));
        }
        exchanged.push(ClaimedGoods {
            line_seq: line.seq,
            goods_no: line.goods_no.clone(),
            item_no: item_no.clone(),
            quantity,
            goods_amount: Won::ZERO,
            discount_amount: Won::ZERO,
            net_amount: Won::ZERO,
        });
    }
    Ok(exchanged)
}
