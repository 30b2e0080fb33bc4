//! 진행: from which state to which a claim may go, and what changes with it. An operation that meets its own result changes
//! nothing; anything else that does not fit is a conflict.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::{CollectionMethod, EndReason, ReturnProgress};

use crate::domain::collection::due::Holidays;
use crate::domain::collection::{CollectionClaim, CollectionKind, Invoice, Rejection};
use crate::domain::saga::Decision;

/// Whether anything has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moved {
    Forward,
    /// It was there already.
    Not,
}

/// Why a claim is not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum MoveRefusal {
    /// `CLAIM_STATUS_CONFLICT`
    #[error("the claim stands elsewhere")]
    Conflict,
    /// `VALIDATION`: no carrier or number for goods that the shop fetches.
    #[error("the parcel has no invoice")]
    NoInvoice,
    /// `VALIDATION`: before the step before, or in the future.
    #[error("the time is before the step before, or has not come")]
    WrongTime,
    /// `VALIDATION`: a hold without its cause.
    #[error("a hold needs its cause")]
    NoCause,
    /// `VALIDATION`: an invoice of the customer's for goods that the shop fetches, or that are not collected.
    #[error("the customer does not send these goods")]
    NotSentByCustomer,
}

/// Who ends a claim early, and at which point that is still possible.
pub const fn may_end(from: ReturnProgress, why: EndReason) -> bool {
    use ReturnProgress as At;
    match why {
        EndReason::RefusedAtRequest => matches!(from, At::Requested),
        EndReason::RefusedAtInspection => matches!(from, At::Collected | At::OnHold),
        EndReason::WithdrawnByCustomer => matches!(from, At::Requested | At::CollectionInstructed),
        EndReason::WithdrawnByAgent => matches!(
            from,
            At::Requested | At::CollectionInstructed | At::Collecting | At::Collected | At::OnHold
        ),
        EndReason::Converted => matches!(
            from,
            At::Requested
                | At::CollectionInstructed
                | At::Collecting
                | At::Collected
                | At::OnHold
                | At::ShippingInstructed
        ),
    }
}

/// 회수 진행 요청: to one state of the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionMove {
    pub from: ReturnProgress,
    pub to: ReturnProgress,
    pub invoice: Option<Invoice>,
    pub at: Option<DateTime<Utc>>,
    /// 회수완료 대기처리 사유
    pub cause: Option<String>,
}

impl CollectionMove {
    /// Whether the collection knows such a step at all.
    pub const fn is_known(from: ReturnProgress, to: ReturnProgress) -> bool {
        use ReturnProgress as At;
        matches!(
            (from, to),
            (At::Requested, At::CollectionInstructed)
                | (At::CollectionInstructed | At::Collecting, At::Collecting | At::Collected)
                | (At::Collected, At::OnHold)
                | (At::OnHold, At::Collected)
        )
    }
}

impl CollectionClaim {
    /// 접수승인: the collection is instructed, or its method changed before it began.
    pub fn approve(
        &mut self,
        method: Option<CollectionMethod>,
        holidays: &Holidays,
        now: DateTime<Utc>,
    ) -> Result<Moved, MoveRefusal> {
        self.check_open()?;
        match self.standing.progress {
            ReturnProgress::Requested => {
                self.method = method.unwrap_or(self.method);
                self.instruct(holidays, now);
                Ok(Moved::Forward)
            }
            ReturnProgress::CollectionInstructed => match method.filter(|method| *method != self.method) {
                None => Ok(Moved::Not),
                Some(method) => {
                    self.method = method;
                    if method == CollectionMethod::NotCollected {
                        self.arrive(holidays, now);
                    }
                    Ok(Moved::Forward)
                }
            },
            ReturnProgress::Collected
                if self.method == CollectionMethod::NotCollected
                    && method.is_none_or(|method| method == self.method) =>
            {
                Ok(Moved::Not)
            }
            _ => Err(MoveRefusal::Conflict),
        }
    }

    /// 회수지시; what is not collected has come back with it.
    pub fn instruct(&mut self, holidays: &Holidays, now: DateTime<Utc>) {
        self.times.instructed = Some(now);
        self.go_to(ReturnProgress::CollectionInstructed);
        if self.method == CollectionMethod::NotCollected {
            self.arrive(holidays, now);
        }
    }

    fn arrive(&mut self, holidays: &Holidays, at: DateTime<Utc>) {
        self.times.collected = Some(at);
        self.go_to(ReturnProgress::Collected);
        if self.kind == CollectionKind::Return {
            self.refund_due = Some(holidays.refund_due(at));
        }
    }

    /// 회수상태 변경. An invoice that comes with a step is the parcel's from then on.
    pub fn collect(
        &mut self,
        step: CollectionMove,
        holidays: &Holidays,
        now: DateTime<Utc>,
    ) -> Result<Moved, MoveRefusal> {
        self.check_open()?;
        let is_same_invoice = step.invoice.is_none() || step.invoice == self.way_back;
        if self.has_come_to(step.to) && is_same_invoice {
            return Ok(Moved::Not);
        }
        if self.standing.progress != step.from {
            return Err(MoveRefusal::Conflict);
        }
        let at = self.time_of(&step, now)?;
        let invoice = step.invoice.or_else(|| self.way_back.clone());
        if invoice.is_none() && self.needs_invoice(step.from, step.to) {
            return Err(MoveRefusal::NoInvoice);
        }
        match step.to {
            ReturnProgress::CollectionInstructed => self.instruct(holidays, at),
            ReturnProgress::Collecting => {
                // Another invoice does not change since when it has been on its way.
                self.times.collecting = self.times.collecting.or(Some(at));
                self.go_to(ReturnProgress::Collecting);
            }
            // Off hold it keeps the day it came back on: the clock of its refund goes on.
            ReturnProgress::Collected if step.from == ReturnProgress::OnHold => {
                self.go_to(ReturnProgress::Collected);
            }
            ReturnProgress::Collected => self.arrive(holidays, at),
            ReturnProgress::OnHold => {
                self.hold(step.cause, at)?;
            }
            _ => return Err(MoveRefusal::Conflict),
        }
        self.way_back = invoice;
        Ok(Moved::Forward)
    }

    /// What is not collected has come back with its instruction.
    fn has_come_to(&self, to: ReturnProgress) -> bool {
        let is_back_at_once = to == ReturnProgress::CollectionInstructed
            && self.method == CollectionMethod::NotCollected
            && self.standing.progress == ReturnProgress::Collected;
        self.standing.progress == to || is_back_at_once
    }

    /// Now where nothing is said, and then never before the step before: another replica's clock may be ahead.
    fn time_of(&self, step: &CollectionMove, now: DateTime<Utc>) -> Result<DateTime<Utc>, MoveRefusal> {
        let times = &self.times;
        let before = match step.to {
            ReturnProgress::Collecting => times.instructed,
            ReturnProgress::Collected if step.from == ReturnProgress::OnHold => times.held,
            ReturnProgress::Collected => times.collecting.or(times.instructed),
            ReturnProgress::OnHold => times.held.or(times.collected),
            _ => None,
        };
        let before = before.unwrap_or(self.requested_at);
        match step.at {
            None => Ok(now.max(before)),
            Some(at) if at < before || at > now => Err(MoveRefusal::WrongTime),
            Some(at) => Ok(at),
        }
    }

    /// Goods that the shop fetches come by a parcel of its own.
    fn needs_invoice(&self, from: ReturnProgress, to: ReturnProgress) -> bool {
        let is_on_its_way = matches!(to, ReturnProgress::Collecting | ReturnProgress::Collected)
            && from != ReturnProgress::OnHold;
        is_on_its_way && self.method == CollectionMethod::Collected
    }

    /// 회수완료보류: goods are here and something is unclear.
    pub fn hold(&mut self, cause: Option<String>, at: DateTime<Utc>) -> Result<Moved, MoveRefusal> {
        self.check_open()?;
        match self.standing.progress {
            ReturnProgress::OnHold => Ok(Moved::Not),
            ReturnProgress::Collected => {
                self.hold_cause = Some(cause.ok_or(MoveRefusal::NoCause)?);
                self.times.held = Some(at);
                self.go_to(ReturnProgress::OnHold);
                Ok(Moved::Forward)
            }
            _ => Err(MoveRefusal::Conflict),
        }
    }

    /// 고객 발송: the customer says by which parcel the goods come, or corrects it.
    pub fn sent_by_customer(&mut self, invoice: Invoice, now: DateTime<Utc>) -> Result<Moved, MoveRefusal> {
        self.check_open()?;
        match self.method {
            CollectionMethod::SentPrepaid | CollectionMethod::SentPayOnArrival => {}
            CollectionMethod::Collected | CollectionMethod::NotCollected => {
                return Err(MoveRefusal::NotSentByCustomer);
            }
        }
        match self.standing.progress {
            ReturnProgress::CollectionInstructed => {
                self.times.collecting = self.times.instructed.max(Some(now));
                self.way_back = Some(invoice);
                self.go_to(ReturnProgress::Collecting);
                Ok(Moved::Forward)
            }
            ReturnProgress::Collecting if self.way_back.as_ref() == Some(&invoice) => Ok(Moved::Not),
            ReturnProgress::Collecting => {
                self.way_back = Some(invoice);
                Ok(Moved::Forward)
            }
            _ => Err(MoveRefusal::Conflict),
        }
    }

    /// 반려사유의 구분: why an agent's refusal ends it depends on where it stands; one that was refused before stays refused so.
    pub const fn refused_as(&self) -> Result<EndReason, MoveRefusal> {
        match (self.standing.progress, self.standing.end_reason) {
            (ReturnProgress::Requested, _) | (ReturnProgress::Ended, Some(EndReason::RefusedAtRequest)) => {
                Ok(EndReason::RefusedAtRequest)
            }
            (ReturnProgress::Collected | ReturnProgress::OnHold, _)
            | (ReturnProgress::Ended, Some(EndReason::RefusedAtInspection)) => {
                Ok(EndReason::RefusedAtInspection)
            }
            _ => Err(MoveRefusal::Conflict),
        }
    }

    /// 검수취소: what an inspection has found falls away with the claim.
    pub fn forget_inspection(&mut self) {
        self.is_inspected = false;
        self.gifts_kept.clear();
        for goods in &mut self.goods {
            goods.inspected = None;
        }
    }

    /// 종료: nothing is settled. Of an exchange that goes out in exchange already only a conversion can; and a return whose goods an
    /// exchange's inspection has put on the stock is settled, they are not the customer's to have back.
    pub fn end(
        &mut self,
        why: EndReason,
        rejection: Option<Rejection>,
        now: DateTime<Utc>,
    ) -> Result<Moved, MoveRefusal> {
        let standing = &self.standing;
        if standing.progress == ReturnProgress::Ended && standing.end_reason == Some(why) {
            return Ok(Moved::Not);
        }
        let is_converted = why == EndReason::Converted && self.kind == CollectionKind::Exchange;
        let is_bound = standing.final_at.is_some() || self.has_moved_stock || why == EndReason::Converted;
        if is_bound && !is_converted || self.is_undecided() || !may_end(standing.progress, why) {
            return Err(MoveRefusal::Conflict);
        }
        self.rejection = rejection;
        self.standing.end_reason = Some(why);
        self.times.ended = Some(now);
        self.go_to(ReturnProgress::Ended);
        Ok(Moved::Forward)
    }

    /// 검수: of goods that are here, when nothing about them is unclear.
    pub fn check_inspectable(&self) -> Result<(), MoveRefusal> {
        self.check_open()?;
        if self.standing.progress == ReturnProgress::Collected { Ok(()) } else { Err(MoveRefusal::Conflict) }
    }

    /// 교환출고지시: with its inspection the cost of an exchange is final, and nobody else is asked.
    pub fn instruct_shipping(&mut self, now: DateTime<Utc>) {
        self.standing.final_at = Some(now);
        self.standing.decision = Some(Decision::Confirmed);
        self.go_to(ReturnProgress::ShippingInstructed);
    }

    /// 교환출고·교환배송완료
    pub fn ship(
        &mut self,
        to: ReturnProgress,
        invoice: Option<Invoice>,
        at: DateTime<Utc>,
        needs_invoice: bool,
        now: DateTime<Utc>,
    ) -> Result<Moved, MoveRefusal> {
        let from = self.standing.progress;
        if self.kind != CollectionKind::Exchange {
            return Err(MoveRefusal::Conflict);
        }
        let is_known = match to {
            ReturnProgress::Shipped => {
                matches!(from, ReturnProgress::ShippingInstructed | ReturnProgress::Shipped)
            }
            ReturnProgress::Delivered => matches!(
                from,
                ReturnProgress::ShippingInstructed | ReturnProgress::Shipped | ReturnProgress::Delivered
            ),
            _ => false,
        };
        if !is_known {
            return Err(MoveRefusal::Conflict);
        }
        if from == to && (invoice.is_none() || invoice == self.way_out) {
            return Ok(Moved::Not);
        }
        if from == ReturnProgress::Delivered {
            return Err(MoveRefusal::Conflict);
        }
        if to == ReturnProgress::Shipped && invoice.is_none() && needs_invoice {
            return Err(MoveRefusal::NoInvoice);
        }
        let before = self.times.shipped.or(self.standing.final_at);
        if at > now || from != to && before.is_some_and(|before| at < before) {
            return Err(MoveRefusal::WrongTime);
        }
        self.way_out = invoice.or(self.way_out.take());
        match to {
            ReturnProgress::Shipped => {
                self.times.shipped = self.times.shipped.filter(|_| from == to).or(Some(at));
            }
            _ => {
                self.times.delivered = Some(at);
                self.standing.completed_at = Some(at);
            }
        }
        self.go_to(to);
        Ok(Moved::Forward)
    }

    /// All its rows stand where it stands, and the claim with them.
    pub(super) fn go_to(&mut self, progress: ReturnProgress) {
        self.standing.progress = progress;
        self.standing.status = progress.claim_status();
    }

    fn check_open(&self) -> Result<(), MoveRefusal> {
        if self.is_open() && !self.is_undecided() { Ok(()) } else { Err(MoveRefusal::Conflict) }
    }
}
