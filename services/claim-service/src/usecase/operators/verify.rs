//! 검증: what is kept of every claim of our own is compared, whatever its kind.

mod collection;

use std::collections::HashMap;

use commerce::{ClaimNo, OrderNo};
use db::{Db, DbConnection};
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::audit;
use crate::domain::audit::claim::KeptClaim;
use crate::domain::cancel::effects_of;
use crate::domain::order::PaidOrder;
use crate::store;
use crate::store::order::terms::read_copy;
use crate::usecase::acceptance::quote::hash_of;
use crate::usecase::operators::verify_payments::verify_payments;

const CLAIMS_AT_ONCE: i64 = 100;

/// 검증 결과
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    pub checked: usize,
    pub differences: Vec<String>,
}

/// 검증: replays the ledger of every claim and compares everything that is kept of it, and then what went back of payments
/// across orders.
pub async fn verify_claims(db: &Db) -> Result<Audit, Error> {
    let mut audit = Audit::default();
    let mut after: Option<ClaimNo> = None;
    loop {
        let from = after.clone();
        let (last, page) = db
            .snapshot(move |conn| {
                let numbers = store::claim::head::list_own_after(conn, from.as_ref(), CLAIMS_AT_ONCE)?;
                let mut page = Audit::default();
                for claim_no in &numbers {
                    page.checked += 1;
                    let found = differences_of(conn, claim_no)?;
                    page.differences.extend(found.into_iter().map(|one| format!("{claim_no}: {one}")));
                }
                Ok::<_, Error>((numbers.last().cloned(), page))
            })
            .await?;
        audit.checked += page.checked;
        audit.differences.extend(page.differences);
        match last {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    audit.differences.extend(verify_payments(db).await?);
    Ok(audit)
}

fn differences_of(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Vec<String>, Error> {
    if let Some(claim) = store::collection::find(conn, claim_no)? {
        let order = order_of(conn, &claim.order_no)?;
        let mut found = collection::differences_of(conn, &order, &claim)?;
        found.extend(over_refunds_of(conn, &order)?);
        return Ok(found);
    }
    let claim = store::claim::accepted::find(conn, claim_no)?;
    let claim = claim.ok_or_else(|| Problem::internal("a claim has gone while it was looked at"))?;
    let kept = KeptClaim {
        saga: claim.saga(store::claim::task::find(conn, claim_no)?),
        cost_rows: store::claim::cost::find(conn, claim_no)?,
        lines: store::claim::line::find(conn, claim_no)?.into_iter().collect(),
        postings: store::ledger::find(conn, claim_no)?,
        claim,
    };
    let cost = &kept.claim.accepted.cost;
    let mut found = audit::claim::differences(&kept, &effects_of(cost), &hash_of(cost))?;
    let order = order_of(conn, &kept.claim.accepted.order_no)?;
    found.extend(over_refunds_of(conn, &order)?);
    Ok(found)
}

fn order_of(conn: &mut DbConnection, order_no: &OrderNo) -> Result<PaidOrder, Error> {
    let copy = store::order::copy::find(conn, order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    Ok(read_copy(&copy)?.order)
}

fn over_refunds_of(conn: &mut DbConnection, order: &PaidOrder) -> Result<Vec<String>, Error> {
    let order_no = order.number();
    let mut histories: HashMap<_, _> =
        store::claim::line::find_history(conn, std::slice::from_ref(order_no))?;
    let history = histories.remove(order_no).unwrap_or_default();
    Ok(audit::claim::over_refunds(order, &history))
}
