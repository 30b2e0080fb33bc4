//! 검수 심사: whether the result fits the claim, and what follows of it.

use commerce::{ClaimAct, EndReason, ReturnProgress, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::collection::inspection::{Judged, judge};
use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::refusals;
use crate::store;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Case, Verdict};
use crate::usecase::collection::end::end;
use crate::usecase::collection::inspect::{Found, InspectedCost, Inspecting};
use crate::usecase::collection::look::{Named, conflict, lock_claim};
use crate::usecase::collection::pay::{Rest, pay_rest};
use crate::usecase::collection::quote::quote_claim;
use crate::usecase::exchange::inspect::finish;
use crate::usecase::history::note_act;
use crate::usecase::personal::mask_reasons;
use crate::usecase::policies;

pub(super) fn decide(
    conn: &mut DbConnection,
    inspecting: &Inspecting,
    case: &Case<'_>,
) -> Result<Verdict<Inspecting>, Error> {
    let wanted = &*inspecting.order;
    let named = Named {
        order_no: wanted.order_no.clone(),
        claim_no: wanted.claim_no.clone(),
        kinds: &[CollectionKind::Return, CollectionKind::Exchange],
    };
    let claim = lock_claim(conn, &inspecting.caller, &named)?;
    if claim.kind == CollectionKind::Return {
        refusals::check_inspection_of_return(wanted.waived.is_some(), wanted.paid_with.is_some())?;
    }
    let judge = || judge(&case.pinned.order, &claim, &wanted.inspection);
    if let Some(found) = known(conn, &claim, || Ok(judge()?))? {
        return Ok(Verdict::Instead(found));
    }
    claim.check_inspectable()?;
    let judged = judge()?;
    let before = claim.clone();
    let verdict = if !judged.accepts_something() {
        refuse(conn, claim, judged, case)?
    } else {
        match claim.kind {
            CollectionKind::Return => record(conn, claim, judged, case)?,
            CollectionKind::Exchange => go_on(conn, inspecting, claim, judged, case)?,
        }
    };
    if let Verdict::Moved(..) = verdict {
        if let (true, Some(member_no)) = (case.has_left, &case.copy.member_no) {
            mask_reasons::ask_for(conn, case.now, member_no)?;
        }
        note_act(conn, &inspecting.caller, &before, ClaimAct::Inspect, case.now)?;
        wanted.once.confirm(conn)?;
    }
    Ok(verdict)
}

/// An inspection that was put down before; another one comes too late.
fn known(
    conn: &mut DbConnection,
    claim: &CollectionClaim,
    judge: impl FnOnce() -> Result<Judged, Error>,
) -> Result<Option<Found>, Error> {
    let standing = &claim.standing;
    let (is_same, cost) = match standing.progress {
        ReturnProgress::Ended if standing.end_reason == Some(EndReason::RefusedAtInspection) => {
            (!judge()?.accepts_something(), InspectedCost::None)
        }
        ReturnProgress::ShippingInstructed => {
            let kept = store::claim::accepted::find(conn, &claim.claim_no)?;
            let kept = kept.ok_or_else(|| Problem::internal("a final exchange has no cost"))?.accepted;
            let quote = Quote { cost: kept.cost, hash: kept.cost_hash };
            (judge()?.is_of(claim), InspectedCost::Final(Box::new(quote)))
        }
        _ => return Ok(None),
    };
    if is_same {
        Ok(Some(Found { status: standing.status, cost, is_paid_now: false }))
    } else {
        Err(conflict())
    }
}

fn refuse(
    conn: &mut DbConnection,
    mut claim: CollectionClaim,
    judged: Judged,
    case: &Case<'_>,
) -> Result<Verdict<Inspecting>, Error> {
    let refusal = judged.refusal();
    judged.put_down(&mut claim);
    end(conn, &mut claim, (EndReason::RefusedAtInspection, refusal), case.now)?;
    Ok(moved(&claim, InspectedCost::None, false))
}

/// Of a return: money and stock follow when it is settled.
fn record(
    conn: &mut DbConnection,
    mut claim: CollectionClaim,
    judged: Judged,
    case: &Case<'_>,
) -> Result<Verdict<Inspecting>, Error> {
    judged.put_down(&mut claim);
    store::collection::update(conn, &claim)?;
    let payments = store::collection::payment::find(conn, &claim.claim_no)?;
    let quote = reckon(conn, case, (&claim, &payments), Won::ZERO)?;
    Ok(moved(&claim, InspectedCost::Expected(Box::new(quote)), false))
}

fn go_on(
    conn: &mut DbConnection,
    inspecting: &Inspecting,
    mut claim: CollectionClaim,
    judged: Judged,
    case: &Case<'_>,
) -> Result<Verdict<Inspecting>, Error> {
    let wanted = &*inspecting.order;
    let waived = wanted.waived.unwrap_or(Won::ZERO);
    judged.put_down(&mut claim);
    let mut payments = store::collection::payment::find(conn, &claim.claim_no)?;
    let known = payments.len();
    let mut quote = reckon(conn, case, (&claim, &payments), waived)?;
    let due = quote.cost.sent_back.as_ref().map_or(Won::ZERO, |sent_back| sent_back.still_due);
    if due.is_positive() {
        let named = (&inspecting.payment, wanted.paid_with.as_ref());
        match pay_rest(conn, &case.pinned, (&claim, &payments), named, due)? {
            Rest::Ask(question) => return Ok(Verdict::Ask(question)),
            Rest::PaidWith(payment) => payments.push(payment),
        }
        quote = reckon(conn, case, (&claim, &payments), waived)?;
    }
    let policies = policies::book(conn)?;
    let order = &case.pinned.order;
    let reckoned_by = (order, &case.claims.history, policies.in_force_at(order.ordered_at()));
    finish(conn, reckoned_by, &mut claim, (&quote, payments.get(known)), case.now)?;
    let is_paid_now = payments.len() > known;
    Ok(moved(&claim, InspectedCost::Final(Box::new(quote)), is_paid_now))
}

fn reckon(
    conn: &mut DbConnection,
    case: &Case<'_>,
    (claim, payments): (&CollectionClaim, &[AdvancePayment]),
    waived: Won,
) -> Result<Quote, Error> {
    let order = &case.pinned.order;
    let policies = policies::book(conn)?;
    let reckoned_by = (order, &case.claims.history, policies.in_force_at(order.ordered_at()));
    Ok(quote_claim(reckoned_by, claim, payments, (waived, case.now))?)
}

fn moved(claim: &CollectionClaim, cost: InspectedCost, is_paid_now: bool) -> Verdict<Inspecting> {
    Verdict::Moved(Found { status: claim.standing.status, cost, is_paid_now }, None)
}
