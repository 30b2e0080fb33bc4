//! Rule 2, gifts: which gifts of the order are no longer earned.

use commerce::{GiftEventType, Won};

use super::claimed_lines::Moves;
use super::{CancelledGift, Overflow, known};
use crate::domain::claim_history::ClaimHistory;
use crate::domain::order::{Gift, PaidOrder};
use crate::domain::policy::BlameRules;

/// 사은품 취소
pub(super) fn judge(
    order: &PaidOrder,
    history: &ClaimHistory,
    moves: &Moves<'_>,
    rules: BlameRules,
) -> Result<Vec<CancelledGift>, Overflow> {
    if order.gifts().is_empty() {
        return Ok(Vec::new());
    }
    let values = moves.all().iter().map(super::claimed_lines::LineMove::value_left);
    let value_left = known(values.collect::<Option<Vec<Won>>>().and_then(Won::sum))?;
    let is_lost = |gift: &Gift| match gift.event_type {
        GiftEventType::PurchaseAmount if rules.judges_gifts => {
            value_left.is_zero() || value_left < gift.minimum.unwrap_or(Won::ZERO)
        }
        GiftEventType::PurchaseAmount => moves.leave_nothing(),
        GiftEventType::Goods => {
            let place = gift.line_seq.and_then(|line_seq| order.place(line_seq));
            place.is_some_and(|place| moves.at(place).left_after == 0)
        }
    };
    let gifts = order.gifts().iter().enumerate();
    Ok(gifts
        .filter(|(place, gift)| !history.is_gift_cancelled(*place) && is_lost(gift))
        .map(|(place, gift)| CancelledGift {
            place,
            event_no: gift.event_no.clone(),
            goods_no: gift.goods_no.clone(),
            item_no: gift.item_no.clone(),
            goods_name: gift.goods_name.clone(),
            quantity: gift.quantity,
        })
        .collect())
}
