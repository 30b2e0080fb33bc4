//! 반품·교환 검증: what a return or an exchange must have come to by now is reckoned anew, and compared with what is kept.

use commerce::{EndReason, ReturnProgress, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::audit;
use crate::domain::audit::collection::{Expected, FinalCost, KeptCollection};
use crate::domain::collection::effects::{
    Released, advance_refunds, effects_of_end, released_stock, stock_postings,
};
use crate::domain::collection::{CollectionClaim, CollectionKind};
use crate::domain::money::Overflow;
use crate::domain::money::ledger::{Posting, held_payment_postings};
use crate::domain::order::PaidOrder;
use crate::domain::saga::{ClaimSaga, Decision, Effect, Task};
use crate::domain::{exchange, returns};
use crate::store;
use crate::usecase::acceptance::quote::hash_of;

pub(super) fn differences_of(
    conn: &mut DbConnection,
    order: &PaidOrder,
    claim: &CollectionClaim,
) -> Result<Vec<String>, Error> {
    let kept = find(conn, claim)?;
    let expected = expected(order, &kept)?;
    let mut found = audit::collection::differences(&kept, &expected)?;
    found.extend(conversion_differences(conn, claim)?);
    Ok(found)
}

fn find(conn: &mut DbConnection, claim: &CollectionClaim) -> Result<KeptCollection, Error> {
    let claim_no = &claim.claim_no;
    let tasks = store::claim::task::find(conn, claim_no)?;
    let cost = store::claim::accepted::find(conn, claim_no)?.map(|kept| kept.accepted);
    Ok(KeptCollection {
        claim: claim.clone(),
        payments: store::collection::payment::find(conn, claim_no)?,
        final_cost: cost.map(|kept| FinalCost {
            hash_now: hash_of(&kept.cost),
            hash: kept.cost_hash,
            cost: kept.cost,
        }),
        shown_hash_now: hash_of(&claim.requested_cost),
        cost_rows: store::claim::cost::find(conn, claim_no)?,
        saga: ClaimSaga::restore(
            claim_no.clone(),
            claim.standing.decision.unwrap_or(Decision::Undecided),
            tasks,
        ),
        postings: store::ledger::find(conn, claim_no)?,
    })
}

fn expected(order: &PaidOrder, kept: &KeptCollection) -> Result<Expected, Error> {
    Ok(Expected { effects: effects_of(order, kept), postings: postings_of(kept)? })
}

/// Everything the claim calls for, in its order. What an exchange that was inspected gave back before it ended stands as it is kept:
/// that cost has gone, and what is left of each payment tells whether it was right.
fn effects_of(order: &PaidOrder, kept: &KeptCollection) -> Vec<Effect> {
    let claim = &kept.claim;
    let final_cost = kept.final_cost.as_ref().map(|kept| &kept.cost);
    match (claim.standing.progress, final_cost) {
        (ReturnProgress::Ended, _) => effects_after_the_end(kept),
        (_, Some(cost)) => match claim.kind {
            CollectionKind::Return => returns::effects::effects_of(order, claim, cost),
            CollectionKind::Exchange => advance_refunds(cost).collect(),
        },
        (_, None) => Vec::new(),
    }
}

fn effects_after_the_end(kept: &KeptCollection) -> Vec<Effect> {
    let is_of_inspection =
        |task: &&Task| matches!(task.effect, Effect::ReturnAdvance { .. }) && has_gone_on(&kept.claim);
    let before: Vec<Effect> =
        kept.saga.tasks().iter().filter(is_of_inspection).map(|task| task.effect.clone()).collect();
    let still = |payment_no: &_, amount: Won| {
        let back = before.iter().filter_map(|effect| match effect {
            Effect::ReturnAdvance { payment_no: of, amount, .. } if of == payment_no => Some(*amount),
            _ => None,
        });
        Won::sum(back).and_then(|back| amount.checked_sub(back)).unwrap_or(Won::ZERO)
    };
    let mut claim = kept.claim.clone();
    if claim.has_lost_coupon() {
        claim.free_return_coupon = None;
    }
    let rest = effects_of_end(&claim, &kept.payments, still);
    before.into_iter().chain(rest).collect()
}

/// What is posted beside the tasks: money that was paid in advance, pieces that an exchange took, gave back and put on stock, and its
/// fee.
fn postings_of(kept: &KeptCollection) -> Result<Vec<Posting>, Error> {
    let claim = &kept.claim;
    let mut postings = Vec::new();
    for paid in &kept.payments {
        postings.extend(held_payment_postings(&claim.claim_no, paid.amount)?);
    }
    if claim.kind == CollectionKind::Return {
        return Ok(postings);
    }
    let mut move_pieces = |goods_no: &_, item_no: &_, quantity: i64| -> Result<(), Overflow> {
        postings.extend(stock_postings(&claim.claim_no, (goods_no, item_no), quantity)?);
        Ok(())
    };
    for goods in &claim.goods {
        if let Some((wanted, _)) = &goods.exchanged_for {
            move_pieces(&goods.goods_no, wanted, goods.quantity.checked_neg().ok_or(Overflow)?)?;
        }
    }
    let has_gone_on = has_gone_on(claim);
    if has_gone_on {
        for Released { goods_no, item_no, quantity } in exchange::stock::stock_of_inspection(claim) {
            move_pieces(&goods_no, &item_no, quantity)?;
        }
    }
    if claim.standing.progress == ReturnProgress::Ended {
        let stood_at =
            if has_gone_on { ReturnProgress::ShippingInstructed } else { ReturnProgress::Requested };
        for Released { goods_no, item_no, quantity } in released_stock(claim, stood_at) {
            move_pieces(&goods_no, &item_no, quantity)?;
        }
    } else if let Some(kept) = &kept.final_cost {
        // Of one that was converted all the same it is held again.
        postings.extend(exchange::books::fee_postings(&claim.claim_no, &kept.cost)?);
    }
    Ok(postings)
}

/// Whether its inspection had an exchange go out, also one that was converted after that. What was refused whole has moved nothing.
fn has_gone_on(claim: &CollectionClaim) -> bool {
    let is_refused = claim.standing.end_reason == Some(EndReason::RefusedAtInspection);
    claim.kind == CollectionKind::Exchange && claim.is_inspected && !is_refused
}

/// 반품전환 검증: an exchange and the return it was converted into speak of the same units.
fn conversion_differences(conn: &mut DbConnection, claim: &CollectionClaim) -> Result<Vec<String>, Error> {
    let found = match (&claim.converted_from, claim.kind) {
        (Some(exchange_no), _) => {
            let exchange = store::collection::find(conn, exchange_no)?;
            audit::collection::conversion_differences(exchange.as_ref(), Some(claim))
        }
        (None, CollectionKind::Exchange) => {
            let return_no = store::collection::find_converted(conn, &claim.claim_no)?;
            let into = match return_no {
                Some(return_no) => {
                    let into = store::collection::find(conn, &return_no)?;
                    Some(into.ok_or_else(|| Problem::internal("a return has gone while it was looked at"))?)
                }
                None => None,
            };
            audit::collection::conversion_differences(Some(claim), into.as_ref())
        }
        (None, CollectionKind::Return) => Vec::new(),
    };
    Ok(found)
}
