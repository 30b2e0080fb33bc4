//! 종료: nothing is settled, and everything that was taken for the claim goes back.

use chrono::{DateTime, Utc};
use commerce::{EndReason, ReturnProgress, Won};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::collection::effects::{Released, effects_of_end, released_stock};
use crate::domain::collection::moves::Moved;
use crate::domain::collection::{CollectionClaim, Rejection};
use crate::domain::exchange::books::fee_back_postings;
use crate::domain::saga::Decision;
use crate::store;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::collection::notice::{Notice, notify};
use crate::usecase::execution::begin::begin_more;
use crate::usecase::personal::archive_accounts::remove_of;

/// Ends the claim and puts down what follows of it.
pub(crate) fn end(
    conn: &mut DbConnection,
    claim: &mut CollectionClaim,
    (why, rejection): (EndReason, Option<Rejection>),
    now: DateTime<Utc>,
) -> Result<Moved, Error> {
    let stood_at = claim.standing.progress;
    if claim.end(why, rejection, now)? == Moved::Not {
        return Ok(Moved::Not);
    }
    release(conn, claim, stood_at, now)?;
    Ok(Moved::Forward)
}

/// What of the stock, the payments and the coupon an ended claim held goes back, each under a key of its own.
fn release(
    conn: &mut DbConnection,
    claim: &mut CollectionClaim,
    stood_at: ReturnProgress,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let payments = store::collection::payment::find(conn, &claim.claim_no)?;
    // Of an exchange that was to go out; the cost of no other claim that can end is final.
    let final_cost = match claim.standing.final_at {
        Some(_) => store::claim::accepted::find(conn, &claim.claim_no)?.map(|kept| kept.accepted.cost),
        None => None,
    };
    let sent_back = final_cost.as_ref().and_then(|cost| cost.sent_back.as_ref());
    let gone_back = sent_back.map_or_else(Vec::new, |one| one.advance_refunds.clone());
    let still = |payment_no: &commerce::PaymentNo, amount: Won| {
        let back = gone_back.iter().filter(|back| back.payment_no == *payment_no).map(|back| back.amount);
        Won::sum(back).and_then(|back| amount.checked_sub(back)).unwrap_or(Won::ZERO)
    };
    for Released { goods_no, item_no, quantity } in released_stock(claim, stood_at) {
        store::catalogue::goods::add_stock(conn, &goods_no, &item_no, quantity)?;
        let postings = crate::domain::collection::effects::stock_postings(
            &claim.claim_no,
            (&goods_no, &item_no),
            quantity,
        )?;
        store::ledger::append(conn, &claim.claim_no, &postings, now)?;
    }
    if let Some(cost) = &final_cost {
        store::ledger::append(conn, &claim.claim_no, &fee_back_postings(&claim.claim_no, cost)?, now)?;
    }
    let effects = effects_of_end(claim, &payments, still);
    claim.standing.decision = Some(Decision::Confirmed);
    claim.standing.final_at = None;
    store::collection::update(conn, claim)?;
    let shown = Quote { cost: claim.requested_cost.clone(), hash: claim.requested_hash.clone() };
    store::collection::keep_shown_cost(conn, &claim.claim_no, &shown.cost, &shown.hash)?;
    begin_more(conn, &claim.claim_no, (Decision::Confirmed, effects), None, now)?;
    remove_of(conn, &claim.claim_no)?;
    match claim.standing.end_reason {
        Some(EndReason::RefusedAtRequest | EndReason::RefusedAtInspection) => {
            notify(conn, now, claim, Notice::Rejected)
        }
        Some(EndReason::WithdrawnByCustomer | EndReason::WithdrawnByAgent) => {
            notify(conn, now, claim, Notice::Withdrawn)
        }
        Some(EndReason::Converted) => notify(conn, now, claim, Notice::Converted),
        None => Ok(()),
    }
}
