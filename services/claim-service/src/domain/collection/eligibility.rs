//! 반품·교환가능여부: what of an order may be sent back now, by whom asks (`ClaimTarget` of returns and exchanges).

#[cfg(test)]
mod tests;

use commerce::ItemNo;
use commerce::claimable::window::Window;
use commerce::claimable::{NotReturnable, Question, send_back, send_back_any};

use crate::domain::collection::request::OrderAtHand;
use crate::domain::eligibility;
use crate::domain::history::ClaimHistory;
use crate::domain::order::PaidOrder;

/// 반품·교환가능여부 of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEligibility {
    pub line_seq: i32,
    /// 취소수량: everything claimed, the next two included.
    pub quantity_claimed: i64,
    /// 반품수량: what settled returns took.
    pub quantity_returned: i64,
    /// 클레임진행수량: what open returns and exchanges hold.
    pub quantity_held: i64,
    /// 클레임가능수량: over its portions.
    pub quantity_claimable: i64,
    /// Why nothing can be claimed, if so.
    pub refusal: Option<NotReturnable>,
    /// 옵션변경가능여부, as far as the order alone decides it.
    pub may_change_option: bool,
    /// By item number.
    pub portions: Vec<PortionEligibility>,
}

/// 반품·교환가능여부 of units that hold one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortionEligibility {
    pub item_no: ItemNo,
    pub item_name: String,
    /// Units that are with the customer, claimed or not.
    pub quantity: i64,
    /// Free units, where some reason of whoever asks would be taken; else 0.
    pub quantity_claimable: i64,
    /// None while nothing is delivered.
    pub window: Option<Window>,
}

/// Every line, in the order's order.
pub fn lines(
    order: &PaidOrder,
    history: &ClaimHistory,
    at_hand: &OrderAtHand,
    question: Question,
) -> Vec<LineEligibility> {
    let lines = order.lines().iter().zip(eligibility::lines(order, history));
    lines
        .map(|(ordered, line)| {
            let facts = ordered.facts(history);
            let (mut portions, mut outcomes) = (Vec::new(), Vec::new());
            for (item_no, portion) in at_hand.portions(line.line_seq) {
                let window = at_hand.window(question.kind, line.line_seq, portion);
                let outcome = send_back(&facts, (portion, window), question);
                portions.push(PortionEligibility {
                    item_no: item_no.clone(),
                    item_name: portion.name.clone(),
                    quantity: portion.quantity,
                    quantity_claimable: outcome.map_or(0, |()| portion.free()),
                    window,
                });
                outcomes.push(outcome);
            }
            LineEligibility {
                line_seq: line.line_seq,
                quantity_claimed: line.quantity_claimed,
                quantity_returned: history.returned(line.line_seq),
                quantity_held: history.held(line.line_seq),
                quantity_claimable: portions
                    .iter()
                    .fold(0, |sum, portion| sum.saturating_add(portion.quantity_claimable)),
                refusal: send_back_any(outcomes).err(),
                may_change_option: line.may_change_option,
                portions,
            }
        })
        .collect()
}
