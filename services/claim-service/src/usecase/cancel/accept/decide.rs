//! 취소 심사: reckon, refuse or put everything down.

use std::sync::Arc;

use commerce::{ClaimType, PayMeans};
use db::DbConnection;
use service_kit::error::Error;
use service_kit::outbox::held::Run;

use crate::domain::cancel::effects_of;
use crate::domain::history::ClaimHistory;
use crate::domain::money::acceptance::{self, AcceptanceRefusal, Consent};
use crate::domain::money::ledger::additional_payment_postings;
use crate::domain::money::{ClaimCost, claimed_left};
use crate::domain::order::PaidOrder;
use crate::domain::saga::claim::{AcceptedClaim, Cause, PaidWith};
use crate::refusals;
use crate::store;
use crate::store::claim::accepted::Inserted;
use crate::store::claim::line::ClaimedLine;
use crate::usecase::acceptance::additional_payment::required;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Case, Verdict};
use crate::usecase::cancel::accept::{Amounts, CancelOrder, Cancelling};
use crate::usecase::cancel::quote::quote;
use crate::usecase::execution::begin::begin;
use crate::usecase::personal::archive_accounts::put_apart;
use crate::usecase::policies;

pub(super) fn decide(
    conn: &mut DbConnection,
    claiming: &Cancelling,
    case: &Case<'_>,
) -> Result<Verdict<Cancelling>, Error> {
    let (cancel, order) = (&*claiming.cancel, &case.pinned.order);
    let policies = policies::book(conn)?;
    let policy = policies.in_force_at(order.ordered_at());
    let quote = quote(order, &case.claims.history, &cancel.request, policy)?;
    let consent = consent(cancel);
    if acceptance::check_shown(&quote.cost, &quote.hash, &consent) == Err(AcceptanceRefusal::AmountChanged) {
        return Ok(Verdict::Instead(Box::new(quote)));
    }
    acceptance::check_additional_payment(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    if let Some(paid_with) = needed_payment(&quote.cost, cancel) {
        let (order, asked) = ((&*case.pinned, &cancel.order_no), quote.cost.additional_payment);
        if let Some(question) = claiming.payment.judge(conn, order, paid_with, asked)? {
            return Ok(Verdict::Ask(question));
        }
    }
    acceptance::check_refund_account(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    put_down(conn, claiming, case, accepted_claim(case, cancel, policy.version, quote))
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

fn accepted_claim(case: &Case<'_>, cancel: &CancelOrder, policy_version: i32, quote: Quote) -> AcceptedClaim {
    AcceptedClaim {
        claim_no: case.claim_no.clone(),
        claim_type: ClaimType::Cancel,
        order_no: case.copy.number.clone(),
        site_no: case.copy.site_no.clone(),
        member_no: case.copy.member_no.clone(),
        reason: cancel.request.reason(),
        reason_text: cancel.reason_text.clone(),
        asked_at: cancel.request.asked_at(),
        reckoned_at: cancel.request.asked_at(),
        policy_version,
        paid_with: needed_payment(&quote.cost, cancel).cloned(),
        cost: quote.cost,
        cost_hash: quote.hash,
    }
}

/// Claim, lines, cost, account, tasks, what was paid, and the first command.
fn put_down(
    conn: &mut DbConnection,
    claiming: &Cancelling,
    case: &Case<'_>,
    accepted: AcceptedClaim,
) -> Result<Verdict<Cancelling>, Error> {
    let lines = claimed_lines(&accepted.cost, &case.pinned.order, &case.claims.history);
    let asked = (case.actor, claiming.cancel.once.identity());
    match store::claim::accepted::insert(conn, &accepted, &lines, asked)? {
        Inserted::Done => {}
        Inserted::NumberTaken => return Ok(Verdict::NumberTaken),
        Inserted::PaymentUsed => {
            return Err(required(accepted.cost.additional_payment));
        }
    }
    let commands = begin(conn, case.claim_no, effects_of(&accepted.cost), case.hold, case.now)?;
    keep_account(conn, claiming, case, &accepted)?;
    let paid = additional_payment_postings(case.claim_no, accepted.cost.additional_payment)?;
    store::ledger::append(conn, case.claim_no, &paid, case.now)?;
    let amounts = Amounts::of(&accepted.cost);
    let cause = Cause { accepted, pinned: Arc::clone(&case.pinned) };
    Ok(Verdict::Accepted(amounts, Some(Box::new(Run { cause, commands, asked_at: case.now }))))
}

/// Of a member who has withdrawn it goes to the archive at once.
fn keep_account(
    conn: &mut DbConnection,
    claiming: &Cancelling,
    case: &Case<'_>,
    accepted: &AcceptedClaim,
) -> Result<(), Error> {
    let account = claiming.cancel.refund_account.as_ref().filter(|_| may_need_account(accepted));
    let Some(account) = account else { return Ok(()) };
    let sealed = claiming.secrets.seal_account(case.claim_no, account)?;
    store::personal::refund_account::insert(conn, case.claim_no, &sealed)?;
    if case.has_left {
        let claim = (case.claim_no, &accepted.order_no);
        put_apart(conn, claim, &sealed, claiming.archive_years, case.now)?;
    }
    Ok(())
}

/// An account is kept for the refund that needs it, or for what was paid should the order say no.
fn may_need_account(accepted: &AcceptedClaim) -> bool {
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
