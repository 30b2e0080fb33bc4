//! 취소 진행: what came of one effect, and what follows from it, in one transaction.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::accepted_cancel::AcceptedCancel;
use crate::domain::cancel_saga::{CancelSaga, Decision, Effect, Event, Task, TaskState, step};
use crate::domain::ledger::{Posting, task_postings};
use crate::store;

use super::claim_messages;

/// What an event has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Advanced {
    /// Whether anything is to be done now that was not before.
    pub has_messages: bool,
}

/// Takes one step of a claim. An event that does not fit the claim's state changes nothing: it came before, or late.
///
/// Stock is this service's own, so its return is carried out in this very transaction.
pub fn advance_claim(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    event: Event,
    now: DateTime<Utc>,
) -> Result<Advanced, Error> {
    let Some(mut cancel) = store::cancel_claim::lock(conn, claim_no)? else {
        return Err(Problem::internal("an effect of a claim that does not exist").into());
    };
    let before = store::claim_task::find(conn, claim_no)?;
    let (saga, commands) = step(cancel.saga(before.clone()), event, now);
    if saga.tasks() == before {
        return Ok(Advanced::default());
    }
    for task in newly_done(&before, &saga) {
        if let Effect::ReturnStock { goods_no, item_no, quantity } = &task.effect {
            store::goods::add_stock(conn, goods_no, item_no, *quantity)?;
        }
    }
    store::claim_task::update(conn, &before, &saga)?;
    store::ledger::append(conn, claim_no, &postings(&cancel.accepted, &before, &saga)?, now)?;
    claim_messages::ask_for(conn, now, claim_no, &commands)?;
    let is_rejected_now = cancel.decision == Decision::Undecided && saga.decision() == Decision::Rejected;
    if is_rejected_now {
        claim_messages::tell_rejection(conn, now, claim_no)?;
    }
    let (decision, status) = (saga.decision(), saga.status());
    if (decision, status) != (cancel.decision, cancel.status) {
        (cancel.decision, cancel.status) = (decision, status);
        cancel.completed_at = (status == ClaimStatus::Complete).then_some(now);
        store::cancel_claim::update_progress(conn, &cancel)?;
    }
    Ok(Advanced { has_messages: is_rejected_now || !commands.is_empty() })
}

fn newly_done<'a>(before: &'a [Task], after: &'a CancelSaga) -> impl Iterator<Item = &'a Task> {
    before.iter().zip(after.tasks()).filter(|(was, is)| !was.is_done() && is.is_done()).map(|(_, is)| is)
}

/// The books of what was carried out; an order that said no has given nothing up.
fn postings(
    accepted: &AcceptedCancel,
    before: &[Task],
    after: &CancelSaga,
) -> Result<Vec<Posting>, Error> {
    let mut postings = Vec::new();
    for task in newly_done(before, after) {
        let TaskState::Done(outcome) = task.state else { continue };
        if after.moves_something(&task.effect) {
            postings.extend(task_postings(&accepted.claim_no, &accepted.cost, &task.effect, outcome)?);
        }
    }
    Ok(postings)
}
