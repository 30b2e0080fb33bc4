//! 반품·교환가능여부: what of an order may be sent back now, by whom asks (`ClaimTarget` of returns and exchanges).

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::{Blame, ClaimReason, CollectionMethod, ItemNo};

use crate::domain::collection::CollectionKind;
use crate::domain::collection::pieces::Portion;
use crate::domain::collection::request::{
    CollectionRequest, OrderAtHand, RequestRefusal, WantedGoods, judge,
};
use crate::domain::collection::window::Window;
use crate::domain::eligibility;
use crate::domain::history::ClaimHistory;
use crate::domain::order::PaidOrder;
use crate::domain::reason::{Asker, reasons_for};

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

/// 반품·교환불가사유. What comes later is found out later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotReturnable {
    /// Everything was claimed already, or is being claimed.
    NothingLeft,
    /// The line is not on its way yet.
    NotShipped,
    /// The last day has passed, for every reason.
    PeriodOver,
}

impl NotReturnable {
    pub const fn text_ko(self, kind: CollectionKind) -> &'static str {
        match (self, kind) {
            (Self::NothingLeft, _) => "이미 전체 수량이 취소·반품되었거나 클레임이 진행 중인 상품입니다.",
            (Self::NotShipped, CollectionKind::Return) => "배송이 시작되지 않아 반품할 수 없습니다.",
            (Self::NotShipped, CollectionKind::Exchange) => "배송이 시작되지 않아 교환할 수 없습니다.",
            (Self::PeriodOver, CollectionKind::Return) => "반품 가능 기간이 지났습니다.",
            (Self::PeriodOver, CollectionKind::Exchange) => "교환 가능 기간이 지났습니다.",
        }
    }
}

/// Who asks for what, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub kind: CollectionKind,
    pub asker: Asker,
    pub at: DateTime<Utc>,
}

/// Every line, in the order's order.
pub fn lines(
    order: &PaidOrder,
    history: &ClaimHistory,
    at_hand: &OrderAtHand,
    question: Question,
) -> Vec<LineEligibility> {
    let reasons = reasons(question);
    let lines = eligibility::lines(order, history).into_iter();
    lines
        .map(|line| {
            let portions = portions_of(line.line_seq, at_hand, question.kind);
            let judged: Vec<(PortionEligibility, Result<(), NotReturnable>)> = portions
                .into_iter()
                .map(|mut portion| {
                    let outcome =
                        try_one(order, at_hand, question, (line.line_seq, &portion.item_no), &reasons);
                    if outcome.is_err() {
                        portion.quantity_claimable = 0;
                    }
                    (portion, outcome)
                })
                .collect();
            let is_open = judged.iter().any(|(_, outcome)| outcome.is_ok());
            let refusal = judged.iter().filter_map(|(_, outcome)| outcome.err()).max();
            let refusal = refusal.unwrap_or(NotReturnable::NothingLeft);
            let portions: Vec<PortionEligibility> = judged.into_iter().map(|(portion, _)| portion).collect();
            LineEligibility {
                line_seq: line.line_seq,
                quantity_claimed: line.quantity_claimed,
                quantity_returned: history.returned(line.line_seq),
                quantity_held: history.held(line.line_seq),
                quantity_claimable: portions
                    .iter()
                    .fold(0, |sum, portion| sum.saturating_add(portion.quantity_claimable)),
                refusal: (!is_open).then_some(refusal),
                may_change_option: line.may_change_option,
                portions,
            }
        })
        .collect()
}

/// One reason of each fault that whoever asks may give: reasons of one fault are judged alike.
fn reasons(question: Question) -> Vec<ClaimReason> {
    let of = |blame: Blame| {
        reasons_for(question.asker, question.kind.claim_kind()).find(move |reason| reason.blame() == blame)
    };
    [Blame::Customer, Blame::Vendor, Blame::Carrier].into_iter().filter_map(of).collect()
}

fn portions_of(line_seq: i32, at_hand: &OrderAtHand, kind: CollectionKind) -> Vec<PortionEligibility> {
    let pieces = at_hand.pieces.get(&line_seq).into_iter();
    let eligibility_of = |(item_no, portion): (&ItemNo, &Portion)| PortionEligibility {
        item_no: item_no.clone(),
        item_name: portion.name.clone(),
        quantity: portion.quantity,
        quantity_claimable: portion.free(),
        window: at_hand.window(kind, line_seq, portion),
    };
    pieces.flat_map(|pieces| pieces.portions().map(eligibility_of)).collect()
}

/// Whether a request for one unit would be taken, for any of these reasons; what decides is what decides on requests.
fn try_one(
    order: &PaidOrder,
    at_hand: &OrderAtHand,
    question: Question,
    (line_seq, item_no): (i32, &ItemNo),
    reasons: &[ClaimReason],
) -> Result<(), NotReturnable> {
    let mut furthest = NotReturnable::NothingLeft;
    for reason in reasons {
        let request = CollectionRequest {
            kind: question.kind,
            asker: question.asker,
            reason: *reason,
            blame: reason.blame(),
            method: CollectionMethod::Collected,
            free_return_coupon: None,
            asked_at: question.at,
            goods: vec![WantedGoods {
                line_seq,
                item_no: Some(item_no.clone()),
                quantity: 1,
                exchanged_for: None,
            }],
        };
        match judge(order, at_hand, &request) {
            Ok(_) => return Ok(()),
            Err(refusal) => furthest = furthest.max(why(&refusal)),
        }
    }
    Err(furthest)
}

const fn why(refusal: &RequestRefusal) -> NotReturnable {
    match refusal {
        RequestRefusal::PeriodExpired(_) => NotReturnable::PeriodOver,
        RequestRefusal::NotReturnable(_) => NotReturnable::NotShipped,
        RequestRefusal::LineNotFound(_)
        | RequestRefusal::Item(_)
        | RequestRefusal::Method
        | RequestRefusal::QuantityExceeded(_)
        | RequestRefusal::GroupMixed(_)
        | RequestRefusal::NothingToPayFor => NotReturnable::NothingLeft,
    }
}
