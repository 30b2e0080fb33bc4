//! 클레임가능여부: what may be claimed of a line of an order now, by whom asks. Who decides on claims and who shows an order ask here
//! alike. Money is not judged, and no catalogue is looked into.

pub mod pieces;
pub mod reason;
#[cfg(test)]
mod tests;
pub mod window;

use chrono::{DateTime, Utc};

use crate::claimable::pieces::{Pieces, Portion};
use crate::claimable::reason::{Asker, CollectionKind, reasons_for};
use crate::claimable::window::{ClaimDays, Window};
use crate::{Blame, LineStatus};

/// What an order says of a line, and what its claims have left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineFacts {
    /// Where the line stands now.
    pub status: LineStatus,
    /// 주문수량
    pub quantity: i64,
    /// 취소수량: units that claims have taken for good.
    pub claimed: i64,
    /// 클레임진행수량: units that open returns and exchanges hold.
    pub held: i64,
    /// 주문취소가능여부
    pub is_cancelable: bool,
    /// 예약상품여부
    pub is_reserved: bool,
    /// 반품가능여부, for reasons of the customer's.
    pub is_returnable: bool,
    /// 교환가능여부, for reasons of the customer's.
    pub is_exchangeable: bool,
}

/// 취소불가사유
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotClaimable {
    /// Everything was claimed already.
    NothingLeft,
    /// The line is on its way, or further.
    Shipped,
    /// The goods are not for cancelling.
    NotCancelable,
}

impl NotClaimable {
    pub const fn text_ko(self) -> &'static str {
        match self {
            Self::NothingLeft => "이미 전체 수량이 취소 또는 반품된 상품입니다.",
            Self::Shipped => "배송이 시작되어 취소할 수 없습니다.",
            Self::NotCancelable => "취소할 수 없는 상품입니다.",
        }
    }
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

/// 옵션변경불가사유, as far as the order alone decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotChangeable {
    /// The line is not just ordered.
    LineStatus,
    /// A part of the line was claimed.
    PartlyClaimed,
    /// Reserved goods keep their option.
    Reserved,
}

/// Why units that hold one item are not taken back; in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitRefusal {
    /// More than is free.
    QuantityExceeded,
    /// Not with the customer, or not for this reason.
    NotReturnable,
    /// The last day for this reason has passed.
    PeriodExpired,
}

/// Who asks for what, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub kind: CollectionKind,
    pub asker: Asker,
    pub at: DateTime<Utc>,
}

impl LineFacts {
    /// What may still be claimed; nothing of a line that is cancelled.
    pub fn left(&self) -> i64 {
        match self.status {
            LineStatus::Cancelled => 0,
            LineStatus::AwaitingPayment
            | LineStatus::OrderComplete
            | LineStatus::Preparing
            | LineStatus::Shipped
            | LineStatus::Delivered
            | LineStatus::PurchaseConfirmed
            | LineStatus::Collected
            | LineStatus::ReturnComplete => self.quantity.saturating_sub(self.claimed).max(0),
        }
    }

    /// What of it no open return or exchange holds.
    pub fn free(&self) -> i64 {
        self.left().saturating_sub(self.held).max(0)
    }

    /// 취소가능: before shipping, and of a kind that may be cancelled.
    pub const fn may_be_cancelled(&self) -> bool {
        self.status.is_before_shipping() && self.is_cancelable
    }

    /// 취소가능수량, or why nothing can be cancelled. Quantity is judged before the line's status.
    pub fn cancel(&self) -> Result<i64, NotClaimable> {
        if self.free() == 0 {
            return Err(NotClaimable::NothingLeft);
        }
        if self.may_be_cancelled() {
            return Ok(self.free());
        }
        Err(match self.status {
            LineStatus::AwaitingPayment | LineStatus::OrderComplete | LineStatus::Preparing => {
                NotClaimable::NotCancelable
            }
            LineStatus::Shipped
            | LineStatus::Delivered
            | LineStatus::PurchaseConfirmed
            | LineStatus::Collected
            | LineStatus::ReturnComplete => NotClaimable::Shipped,
            LineStatus::Cancelled => NotClaimable::NothingLeft,
        })
    }

    /// 옵션변경가능여부: the part of the decision that needs no catalogue. Earlier option changes don't count as claims.
    pub fn change_option(&self) -> Result<(), NotChangeable> {
        if self.status != LineStatus::OrderComplete {
            return Err(NotChangeable::LineStatus);
        }
        if self.left() < self.quantity {
            return Err(NotChangeable::PartlyClaimed);
        }
        if self.is_reserved { Err(NotChangeable::Reserved) } else { Ok(()) }
    }

    /// 접수 가능 상태: on its way, delivered or confirmed. What may not be sent back may still differ from what was agreed.
    const fn may_be_sent_back(&self, question: Question, blame: Blame) -> bool {
        let is_allowed = match question.kind {
            CollectionKind::Return => self.is_returnable,
            CollectionKind::Exchange => self.is_exchangeable,
        };
        let is_asked_anyway = matches!(question.asker, Asker::Agent) || !matches!(blame, Blame::Customer);
        is_with_customer(self.status) && (is_allowed || is_asked_anyway)
    }
}

/// Shipped, or further.
pub const fn is_with_customer(status: LineStatus) -> bool {
    match status {
        LineStatus::Shipped | LineStatus::Delivered | LineStatus::PurchaseConfirmed => true,
        LineStatus::AwaitingPayment
        | LineStatus::OrderComplete
        | LineStatus::Preparing
        | LineStatus::Cancelled
        | LineStatus::Collected
        | LineStatus::ReturnComplete => false,
    }
}

/// 반품·교환 심사 of units that hold one item, for a reason that blames somebody.
pub fn judge_units(
    line: &LineFacts,
    (portion, window): (&Portion, Option<Window>),
    quantity: i64,
    question: Question,
    blame: Blame,
) -> Result<(), UnitRefusal> {
    if quantity > portion.free() {
        return Err(UnitRefusal::QuantityExceeded);
    }
    if !line.may_be_sent_back(question, blame) {
        return Err(UnitRefusal::NotReturnable);
    }
    let is_over =
        question.asker == Asker::Customer && window.is_some_and(|window| window.is_over(blame, question.at));
    if is_over { Err(UnitRefusal::PeriodExpired) } else { Ok(()) }
}

/// 반품·교환가능여부 of units that hold one item: whether one of them would be taken, for any reason that whoever asks may give.
pub fn send_back(
    line: &LineFacts,
    (portion, window): (&Portion, Option<Window>),
    question: Question,
) -> Result<(), NotReturnable> {
    let mut furthest = NotReturnable::NothingLeft;
    for reason in reasons_for(question.asker, question.kind.claim_kind()) {
        match judge_units(line, (portion, window), 1, question, reason.blame()) {
            Ok(()) => return Ok(()),
            Err(UnitRefusal::QuantityExceeded) => {}
            Err(UnitRefusal::NotReturnable) => furthest = furthest.max(NotReturnable::NotShipped),
            Err(UnitRefusal::PeriodExpired) => furthest = furthest.max(NotReturnable::PeriodOver),
        }
    }
    Err(furthest)
}

/// The same of a whole line: some of its units are enough, and what was found out last is why none is.
pub fn send_back_any(
    outcomes: impl IntoIterator<Item = Result<(), NotReturnable>>,
) -> Result<(), NotReturnable> {
    let mut furthest = NotReturnable::NothingLeft;
    for outcome in outcomes {
        match outcome {
            Ok(()) => return Ok(()),
            Err(refusal) => furthest = furthest.max(refusal),
        }
    }
    Err(furthest)
}

/// 클레임가능여부 of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimable {
    pub cancel: Result<i64, NotClaimable>,
    pub option_change: Result<(), NotChangeable>,
    pub returns: Result<(), NotReturnable>,
    pub exchange: Result<(), NotReturnable>,
    is_sent: bool,
}

impl Claimable {
    /// Everything at once, for whoever asks at this moment.
    pub fn of(
        line: &LineFacts,
        pieces: &Pieces,
        (delivered_at, days): (Option<DateTime<Utc>>, ClaimDays),
        (asker, at): (Asker, DateTime<Utc>),
    ) -> Self {
        let any = |kind: CollectionKind| {
            send_back_any(pieces.portions().map(|(_, portion)| {
                let window = portion.window(kind, delivered_at, days);
                send_back(line, (portion, window), Question { kind, asker, at })
            }))
        };
        Self {
            cancel: line.cancel(),
            option_change: line.change_option(),
            returns: any(CollectionKind::Return),
            exchange: any(CollectionKind::Exchange),
            is_sent: is_with_customer(line.status),
        }
    }

    /// 클레임불가사유 in Korean, where nothing can be done: of a line that is on its way why it does not come back, of any other why
    /// it is not cancelled.
    pub const fn refusal_ko(&self) -> Option<&'static str> {
        match (self.cancel, self.option_change, self.returns, self.exchange) {
            (Err(refusal), Err(_), Err(not_returned), Err(_)) => Some(if self.is_sent {
                not_returned.text_ko(CollectionKind::Return)
            } else {
                refusal.text_ko()
            }),
            _ => None,
        }
    }
}
