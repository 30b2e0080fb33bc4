//! 정산 심사: reckon, compare with what was shown, and put everything down.

use std::sync::Arc;

use commerce::{ClaimAct, ReturnProgress, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox::held::Run;

use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::domain::money::acceptance::AcceptanceRefusal;
use crate::domain::money::{ClaimCost, Overflow};
use crate::domain::returns::effects::effects_of;
use crate::domain::returns::left::left_before;
use crate::domain::saga::Decision;
use crate::domain::saga::claim::Cause;
use crate::refusals;
use crate::store;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Case, Verdict};
use crate::usecase::collection::look::{Named, conflict, lock_claim};
use crate::usecase::collection::pay::{Rest, pay_rest, put_down_rest};
use crate::usecase::collection::quote::{changes_since_shown, quote_claim};
use crate::usecase::collection::seal::keep_account;
use crate::usecase::execution::begin::begin_more;
use crate::usecase::history::note_act;
use crate::usecase::personal::archive_accounts::put_apart;
use crate::usecase::policies;
use crate::usecase::returns::settle::{Came, Settling};

pub(super) fn decide(
    conn: &mut DbConnection,
    settling: &Settling,
    case: &Case<'_>,
) -> Result<Verdict<Settling>, Error> {
    let wanted = &*settling.order;
    let named = Named {
        order_no: wanted.order_no.clone(),
        claim_no: wanted.claim_no.clone(),
        kinds: &[CollectionKind::Return],
    };
    let claim = lock_claim(conn, &settling.caller, &named)?;
    if claim.standing.final_at.is_some() && claim.standing.end_reason.is_none() {
        let kept = store::claim::accepted::find(conn, &claim.claim_no)?;
        let refund = kept.map_or(Won::ZERO, |kept| kept.accepted.cost.refund);
        return Ok(Verdict::Instead(Came::settled(&claim, refund, false)));
    }
    if !claim.is_open() || claim.standing.progress != ReturnProgress::Collected {
        return Err(conflict());
    }
    let mut payments = store::collection::payment::find(conn, &claim.claim_no)?;
    let known = payments.len();
    let mut quote = reckon(conn, settling, case, (&claim, &payments))?;
    if wanted.cost_hash.as_ref().is_some_and(|shown| *shown != quote.hash) {
        return Ok(Verdict::Instead(Came::AmountChanged(Box::new(quote))));
    }
    if is_worse(&claim.requested_cost, &quote.cost)? && !wanted.is_confirmed {
        return Ok(Verdict::Instead(Came::ConfirmRequired(Box::new(quote))));
    }
    let due = quote.cost.sent_back.as_ref().map_or(Won::ZERO, |sent_back| sent_back.still_due);
    if due.is_positive() {
        let named = (&settling.payment, wanted.paid_with.as_ref());
        match pay_rest(conn, &case.pinned, (&claim, &payments), named, due)? {
            Rest::Ask(question) => return Ok(Verdict::Ask(question)),
            Rest::PaidWith(payment) => payments.push(payment),
        }
        quote = reckon(conn, settling, case, (&claim, &payments))?;
    }
    let has_account = store::personal::refund_account::find(conn, &claim.claim_no)?.is_some();
    if quote.cost.needs_refund_account && !has_account && wanted.refund_account.is_none() {
        return Err(refusals::not_accepted(AcceptanceRefusal::RefundAccountRequired));
    }
    put_down(conn, settling, case, (claim, quote), payments.get(known))
}

fn reckon(
    conn: &mut DbConnection,
    settling: &Settling,
    case: &Case<'_>,
    (claim, payments): (&CollectionClaim, &[AdvancePayment]),
) -> Result<Quote, Error> {
    let order = &case.pinned.order;
    let policies = policies::book(conn)?;
    let policy = policies.in_force_at(order.ordered_at());
    let at = (settling.order.waived, case.now);
    Ok(quote_claim((order, &case.claims.history, policy), claim, payments, at)?)
}

/// Whether the customer gets less, or pays more, than it was shown.
fn is_worse(shown: &ClaimCost, now: &ClaimCost) -> Result<bool, Overflow> {
    let (shown, now) = (shown.net().ok_or(Overflow)?, now.net().ok_or(Overflow)?);
    Ok(now < shown)
}

/// The final cost, what was paid for it, the account, and what it calls for.
fn put_down(
    conn: &mut DbConnection,
    settling: &Settling,
    case: &Case<'_>,
    (mut claim, quote): (CollectionClaim, Quote),
    paid_now: Option<&AdvancePayment>,
) -> Result<Verdict<Settling>, Error> {
    let claim_no = claim.claim_no.clone();
    let before = claim.clone();
    claim.standing.final_at = Some(case.now);
    claim.standing.decision = Some(Decision::Undecided);
    store::collection::update(conn, &claim)?;
    let policies = policies::book(conn)?;
    let order = &case.pinned.order;
    let reckoned_by = (order, &case.claims.history, policies.in_force_at(order.ordered_at()));
    let changes = changes_since_shown(reckoned_by, &claim, &quote.cost)?;
    store::collection::fix_cost(conn, &claim_no, (&quote.cost, &quote.hash), &changes)?;
    let left = left_before(order, &case.claims.history, &claim.goods);
    store::collection::goods::put_left(conn, &claim_no, &left)?;
    if let Some(paid) = paid_now {
        put_down_rest(conn, &claim_no, paid, case.now)?;
    }
    if let Some(account) = settling.order.refund_account.as_ref().filter(|_| quote.cost.needs_refund_account)
    {
        let sealed = keep_account(conn, &settling.secrets, &claim, account)?;
        if case.has_left {
            put_apart(conn, (&claim_no, &claim.order_no), &sealed, settling.archive_years, case.now)?;
        }
    }
    let effects = effects_of(&case.pinned.order, &claim, &quote.cost);
    let commands = begin_more(conn, &claim_no, (Decision::Undecided, effects), case.hold, case.now)?;
    note_act(conn, &settling.caller, &before, ClaimAct::Settle, case.now)?;
    settling.order.once.confirm(conn)?;
    let accepted = store::claim::accepted::find(conn, &claim_no)?;
    let accepted = accepted.ok_or_else(|| Problem::internal("a settled return has no cost"))?.accepted;
    let cause = Cause { accepted, pinned: Arc::clone(&case.pinned) };
    let run = Run { cause, commands, asked_at: case.now };
    let settled = Came::settled(&claim, quote.cost.refund, paid_now.is_some());
    Ok(Verdict::Moved(settled, Some(Box::new(run))))
}
