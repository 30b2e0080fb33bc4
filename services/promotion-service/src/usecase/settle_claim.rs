//! 적립 회수, 사용 마일리지 복원: what a claim's step does to its order's mileage, once.

use db::{DbConnection, inbox};
use service_kit::error::Error;

use super::posting::Posting;
use crate::domain::booking_rules::BookingRules;
use crate::domain::mileage_ledger::MoreThanUsed;
use crate::domain::order_effects::{ClaimStep, MileageClaim};
use crate::store;
use crate::store::order_book::OrderBook;

/// Does it the first time and nothing at a repeat. A claim that comes before its order waits for it; a guest's order has
/// no mileage to move. The caller rolls back on a refusal.
pub fn settle_claim(
    conn: &mut DbConnection,
    step: &ClaimStep,
    claims: &[MileageClaim],
    rules: BookingRules,
) -> Result<Result<(), MoreThanUsed>, Error> {
    if claims.is_empty() || !inbox::first_time(conn, rules.now, &step.key)? {
        return Ok(Ok(()));
    }
    let account = match store::order_book::lock(conn, &step.order_no)? {
        OrderBook::NotRecorded => {
            store::order_book::insert_waiting(conn, step, claims)?;
            return Ok(Ok(()));
        }
        OrderBook::Recorded(None) => return Ok(Ok(())),
        OrderBook::Recorded(Some(account)) => account,
    };
    let mut posting = Posting::open(conn, account, rules)?;
    for claim in claims {
        if let Err(refusal) = posting.claim(step, claim)? {
            return Ok(Err(refusal));
        }
    }
    posting.close()?;
    Ok(Ok(()))
}
