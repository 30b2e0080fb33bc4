//! Rules 2 and 13, gifts: which gifts of the order are no longer earned, and what one costs that is kept all the same.

use commerce::{Blame, CollectionMethod, CostBearer, CostKind, GiftEventType, Won};

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::Moves;
use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::terms::ReturnTerms;
use crate::domain::money::{AdditionalCost, CancelledGift, CostReason, Overflow, known};
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
            is_to_be_sent_back: None,
        })
        .collect())
}

/// 사은품 회수: with the goods, where something is collected at all.
pub(super) fn send_back(mut gifts: Vec<CancelledGift>, method: CollectionMethod) -> Vec<CancelledGift> {
    for gift in &mut gifts {
        gift.is_to_be_sent_back = Some(method != CollectionMethod::NotCollected);
    }
    gifts
}

/// 사은품 미반납: what a gift is worth that was to be sent back and is not there, unless the claim is not the customer's fault.
pub(super) fn charge_kept(
    order: &PaidOrder,
    cancelled: &[CancelledGift],
    terms: &ReturnTerms,
    explanation: &mut Explanation,
) -> Result<Vec<AdditionalCost>, Overflow> {
    let mut costs = Vec::new();
    if terms.blame != Blame::Customer {
        return Ok(costs);
    }
    let kept = cancelled
        .iter()
        .filter(|gift| gift.is_to_be_sent_back == Some(true) && terms.gifts_kept.contains(&gift.place));
    for gift in kept.filter_map(|gift| order.gifts().get(gift.place)) {
        let worth = explanation.add_unless_zero(Calculation::GiftNotReturned {
            gift_name: gift.goods_name.clone(),
            value: gift.value,
            quantity: gift.quantity,
        })?;
        if worth.is_zero() {
            continue;
        }
        costs.push(AdditionalCost {
            kind: CostKind::GiftNotReturned,
            group_no: None,
            line_seq: gift.line_seq,
            vendor_no: None,
            discount: None,
            amount: known(worth.checked_neg())?,
            bearer: CostBearer::Customer,
            reason: CostReason::GiftNotReturned,
        });
    }
    Ok(costs)
}
