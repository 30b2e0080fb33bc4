//! The accepting transaction: lock, look, reckon, refuse or put everything down.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::{ClaimNo, ItemNo, PayMeans, Won};
use db::DbConnection;
use db::outbox::Hold;
use dto::result_code::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use super::{CancelOrder, PaymentRead};
use crate::clients::refund_provider::PaymentUnreadable;
use crate::domain::accepted_cancel::{AcceptedCancel, PaidWith};
use crate::domain::cancel_saga::{CancelSaga, Command, Event, step};
use crate::domain::claim_history::ClaimHistory;
use crate::domain::cost::acceptance::{self, AcceptanceRefusal, Consent};
use crate::domain::cost::{ClaimCost, claimed_left};
use crate::domain::ledger::additional_payment_postings;
use crate::domain::order::PaidOrder;
use crate::domain::pinned_order::{OrderCopy, PinnedOrder};
use crate::refusals;
use crate::store;
use crate::store::cancel_claim::{ClaimedLine, Inserted};
use crate::store::order_claims::OrderClaims;
use crate::usecase::archive_accounts::put_apart;
use crate::usecase::ask_receiver::Cause;
use crate::usecase::await_cancel::CancelOutcome;
use crate::usecase::claim_messages;
use crate::usecase::open_order::SeenOrder;
use crate::usecase::policies;
use crate::usecase::quote_cancel::{Quote, quote};

/// An idempotency key is good for a day (contract, section 1).
const KEY_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// What one try came to.
pub(super) enum Turn {
    Accepted(Box<AcceptedNow>),
    /// The same request was accepted before.
    Known(CancelOutcome),
    /// Another claim of the order is undecided.
    GiveWay,
    /// An item of the order was changed after the order was looked at.
    LookAgain,
    AmountChanged(Box<Quote>),
    /// Only the provider knows whether this amount was paid.
    AskProvider {
        provider_key: String,
        asked: Won,
    },
    /// Somebody else bears the number; another one is needed.
    NumberTaken,
}

/// A cancel that was put down, and what is to be asked for first.
pub(super) struct AcceptedNow {
    pub(super) cause: Cause,
    pub(super) commands: Vec<Command>,
    pub(super) asked_at: DateTime<Utc>,
}

/// One try.
pub(super) struct Attempt<'a> {
    /// What the claim will be called.
    pub(super) claim_no: &'a ClaimNo,
    pub(super) seen: &'a SeenOrder,
    pub(super) cancel: &'a CancelOrder,
    pub(super) sealed_account: Option<&'a str>,
    pub(super) archive_years: u32,
    pub(super) payment_read: Option<&'a PaymentRead>,
    /// Whose hand the first messages are in.
    pub(super) hold: Option<&'a Hold>,
    pub(super) now: DateTime<Utc>,
}

pub(super) fn accept(conn: &mut DbConnection, attempt: &Attempt<'_>) -> Result<Turn, Error> {
    let Attempt { seen, cancel, .. } = attempt;
    let copy = lock_pinned(conn, seen, attempt.now)?;
    if let Some(known) = accepted_before(conn, cancel, attempt.now)? {
        return Ok(Turn::Known(known));
    }
    let claims = store::order_claims::find(conn, &cancel.order_no)?;
    if claims.is_undecided {
        return Ok(Turn::GiveWay);
    }
    let pinned = seen.as_pinned(&copy)?;
    if is_seen_before_a_change(&claims, &pinned) {
        return Ok(Turn::LookAgain);
    }
    let policies = policies::book(conn)?;
    let policy = policies.in_force_at(pinned.order.ordered_at());
    let quote = quote(&pinned.order, &claims.history, &cancel.request, policy)?;
    let consent = consent(cancel);
    if acceptance::check_shown(&quote.cost, &quote.hash, &consent) == Err(AcceptanceRefusal::AmountChanged) {
        return Ok(Turn::AmountChanged(Box::new(quote)));
    }
    acceptance::check_additional_payment(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    if let Some(paid_with) = needed_payment(&quote.cost, cancel) {
        let asked = quote.cost.additional_payment;
        check_not_used(conn, &pinned, paid_with, asked)?;
        match attempt.payment_read.filter(|read| read.asked == asked) {
            None => return Ok(Turn::AskProvider { provider_key: paid_with.provider_key.clone(), asked }),
            Some(read) => check_paid(&quote.cost, read)?,
        }
    }
    acceptance::check_refund_account(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    let accepted = accepted_cancel(attempt.claim_no, &copy, cancel, policy.version, quote);
    let lines = claimed_lines(&accepted.cost, &pinned.order, &claims.history);
    put_down(conn, Cause { accepted, pinned }, &lines, attempt)
}

/// The order's row is the lock under which its claims are decided. An order that is seen for the first time is pinned.
fn lock_pinned(conn: &mut DbConnection, seen: &SeenOrder, now: DateTime<Utc>) -> Result<OrderCopy, Error> {
    if let Some(copy) = store::order_copy::lock_one(conn, &seen.copy.number)? {
        return Ok(copy);
    }
    store::order_copy::insert(conn, std::slice::from_ref(&seen.copy), now)?;
    let copy = store::order_copy::lock_one(conn, &seen.copy.number)?;
    Ok(copy.ok_or_else(|| Problem::internal("an order that was pinned is not there"))?)
}

/// 옵션변경 확인: stock goes back to the item a line holds, so the look at the order must be younger than its changes.
fn is_seen_before_a_change(claims: &OrderClaims, pinned: &PinnedOrder) -> bool {
    let is_other = |(seq, item_no): (&i32, &ItemNo)| {
        pinned.order.lines().iter().any(|line| line.seq == *seq && line.item_no != *item_no)
    };
    claims.held_items.iter().any(is_other)
}

/// The claim the same request was accepted as within the day its key is good for.
fn accepted_before(
    conn: &mut DbConnection,
    cancel: &CancelOrder,
    now: DateTime<Utc>,
) -> Result<Option<CancelOutcome>, Error> {
    let Some(key) = &cancel.acceptance_key else { return Ok(None) };
    let Some((claim_no, accepted_at)) = store::cancel_claim::find_by_acceptance_key(conn, key)? else {
        return Ok(None);
    };
    if accepted_at <= now - KEY_LIFETIME {
        store::cancel_claim::forget_acceptance_key(conn, &claim_no)?;
        return Ok(None);
    }
    match store::cancel_claim::find(conn, &claim_no)? {
        Some(known) if is_same_request(&known.accepted, cancel) => {
            let status = known.status;
            Ok(Some(CancelOutcome { status, ..CancelOutcome::at_first(&known.accepted) }))
        }
        _ => Err(Problem::new(ResultCode::IdempotencyKeyReused).into()),
    }
}

/// Whether the claim was accepted for what is asked for now.
fn is_same_request(accepted: &AcceptedCancel, cancel: &CancelOrder) -> bool {
    let lines = accepted.cost.goods.iter().map(|goods| (goods.line_seq, goods.quantity));
    let asked = cancel.request.lines().iter().map(|line| (line.line_seq, line.quantity));
    accepted.order_no == cancel.order_no
        && accepted.reason == cancel.request.reason()
        && accepted.reason_text == cancel.reason_text
        && lines.eq(asked)
}

fn consent(cancel: &CancelOrder) -> Consent {
    Consent {
        cost_hash: cancel.cost_hash.clone(),
        expected_refund: cancel.expected_refund,
        additional_payment: cancel.paid_with.as_ref().map(|paid| paid.means),
        has_refund_account: cancel.refund_account.is_some(),
    }
}

/// A payment sent without need is ignored.
fn needed_payment<'a>(cost: &ClaimCost, cancel: &'a CancelOrder) -> Option<&'a PaidWith> {
    cancel.paid_with.as_ref().filter(|_| cost.additional_payment.is_positive())
}

/// A payment settles one claim, and the order's own payments settled the order.
fn check_not_used(
    conn: &mut DbConnection,
    pinned: &PinnedOrder,
    paid_with: &PaidWith,
    asked: Won,
) -> Result<(), Error> {
    let key = &paid_with.provider_key;
    let is_the_orders_own = pinned.provider_keys.values().any(|own| own == key);
    if is_the_orders_own || store::cancel_claim::is_payment_used(conn, key)? {
        return Err(refusals::not_accepted(AcceptanceRefusal::AdditionalPaymentRequired(asked)));
    }
    Ok(())
}

/// The provider's word on what was paid.
fn check_paid(cost: &ClaimCost, read: &PaymentRead) -> Result<(), Error> {
    match &read.paid {
        Ok(paid) => acceptance::check_amount_paid(cost, *paid).map_err(refusals::not_accepted),
        Err(PaymentUnreadable::NotPaid) => {
            Err(refusals::not_accepted(AcceptanceRefusal::AdditionalPaymentRequired(cost.additional_payment)))
        }
        Err(unavailable @ PaymentUnreadable::Unavailable(_)) => {
            let problem = Problem::new(ResultCode::ServiceUnavailable).retry_after(2);
            Err(problem.caused_by(unavailable.clone()).into())
        }
    }
}

fn accepted_cancel(
    claim_no: &ClaimNo,
    copy: &OrderCopy,
    cancel: &CancelOrder,
    policy_version: i32,
    quote: Quote,
) -> AcceptedCancel {
    AcceptedCancel {
        claim_no: claim_no.clone(),
        order_no: copy.number.clone(),
        site_no: copy.site_no.clone(),
        member_no: copy.member_no.clone(),
        reason: cancel.request.reason(),
        reason_text: cancel.reason_text.clone(),
        asked_at: cancel.request.asked_at(),
        policy_version,
        paid_with: needed_payment(&quote.cost, cancel).cloned(),
        cost: quote.cost,
        cost_hash: quote.hash,
    }
}

/// Claim, lines, cost, account, tasks, what was paid, and the first command.
fn put_down(
    conn: &mut DbConnection,
    cause: Cause,
    lines: &[ClaimedLine],
    attempt: &Attempt<'_>,
) -> Result<Turn, Error> {
    let (accepted, now) = (&cause.accepted, attempt.now);
    let claim_no = &accepted.claim_no;
    match store::cancel_claim::insert(conn, accepted, lines, attempt.cancel.acceptance_key.as_deref())? {
        Inserted::Done => {}
        Inserted::NumberTaken => return Ok(Turn::NumberTaken),
        Inserted::PaymentUsed => {
            let asked = accepted.cost.additional_payment;
            return Err(refusals::not_accepted(AcceptanceRefusal::AdditionalPaymentRequired(asked)));
        }
    }
    let saga = CancelSaga::of(claim_no.clone(), &accepted.cost);
    store::claim_task::insert(conn, &saga)?;
    if let Some(sealed) = attempt.sealed_account.filter(|_| may_need_account(accepted)) {
        keep_account(conn, accepted, sealed, attempt)?;
    }
    let paid = additional_payment_postings(claim_no, accepted.cost.additional_payment)?;
    store::ledger::append(conn, claim_no, &paid, now)?;
    let (_, commands) = step(saga, Event::Resumed, now);
    claim_messages::ask_for(conn, now, claim_no, &commands, attempt.hold)?;
    Ok(Turn::Accepted(Box::new(AcceptedNow { cause, commands, asked_at: now })))
}

/// Of a member who has withdrawn it goes to the archive at once.
fn keep_account(
    conn: &mut DbConnection,
    accepted: &AcceptedCancel,
    sealed: &str,
    attempt: &Attempt<'_>,
) -> Result<(), Error> {
    store::refund_account::insert(conn, &accepted.claim_no, sealed)?;
    let Some(member_no) = &accepted.member_no else { return Ok(()) };
    if store::withdrawn_member::is_known(conn, member_no)? {
        let claim = (&accepted.claim_no, &accepted.order_no);
        put_apart(conn, claim, sealed, attempt.archive_years, attempt.now)?;
    }
    Ok(())
}

/// An account is kept for the refund that needs it, or for what was paid should the order say no.
fn may_need_account(accepted: &AcceptedCancel) -> bool {
    let is_paid_to_account = |paid: &PaidWith| paid.means == PayMeans::VirtualAccount;
    accepted.cost.needs_refund_account || accepted.paid_with.as_ref().is_some_and(is_paid_to_account)
}

fn claimed_lines(cost: &ClaimCost, order: &PaidOrder, history: &ClaimHistory) -> Vec<ClaimedLine> {
    let lines = cost.goods.iter().filter_map(|goods| Some((goods, order.line(goods.line_seq)?)));
    lines
        .map(|(goods, line)| ClaimedLine {
            line_seq: line.seq,
            quantity: goods.quantity,
            vendor_no: line.vendor_no.clone(),
            left_before: claimed_left(line, history),
        })
        .collect()
}
