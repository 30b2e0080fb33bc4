//! 재시도: everything open of a claim is due at once, and nothing of it counts as refused any more. Keys stay what they are, so
//! that it can do no harm however often it comes.

use chrono::{DateTime, Utc};
use commerce::{ClaimAct, ClaimNo};
use db::{DbConnection, outbox};
use service_kit::error::Error;

use crate::domain::actor::{Acted, Actor, StoodAt};
use crate::store;
use crate::usecase::messages;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retried {
    /// Messages that wait or are in hand.
    pub open: usize,
    /// Of them, those that will be tried now. One in hand goes on by itself.
    pub due: usize,
}

/// None when there is no such claim. Who wanted it is put down where it moved something; none is an operator at the console.
pub fn retry(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    actor: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<Option<Retried>, Error> {
    let claim = store::claim::accepted::lock(conn, claim_no)?;
    let Some(head) = store::claim::head::find(conn, claim_no)? else { return Ok(None) };
    if let Some(claim) = claim {
        let before = store::claim::task::find(conn, claim_no)?;
        let saga = claim.saga(before.clone()).without_refusals();
        store::claim::task::update(conn, &before, &saga)?;
        // One that was lost, which can't happen, is put down again.
        messages::ask_for(conn, now, claim_no, &saga.open_commands(), None)?;
    }
    let unsent = outbox::list_unsent(conn, &[claim_no.as_str()])?;
    let mut retried = Retried { open: unsent.len(), due: 0 };
    for message in unsent {
        retried.due = retried.due.saturating_add(usize::from(outbox::make_due(conn, &message.key, now)?));
    }
    if retried.due > 0 {
        let goods = store::collection::find(conn, claim_no)?.map(|claim| claim.standing.progress);
        let stands = goods.map_or(StoodAt::Claim(head.status), StoodAt::Goods);
        let act = ClaimAct::Retry;
        let acted = Acted { at: now, actor: actor.cloned(), act, from: stands, to: stands };
        store::claim::history::append(conn, claim_no, &acted)?;
    }
    Ok(Some(retried))
}
