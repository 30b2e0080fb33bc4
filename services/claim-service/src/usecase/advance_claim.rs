//! 취소 진행: what came of effects, and what follows from it, in one transaction.

use std::collections::{HashSet, VecDeque};

use chrono::{DateTime, Utc};
use commerce::ClaimStatus;
use db::DbConnection;
use db::outbox::Hold;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::accepted_cancel::AcceptedCancel;
use crate::domain::cancel_saga::{
    CancelSaga, Command, Decision, Effect, EffectKey, Event, Outcome, Task, TaskState, step,
};
use crate::domain::ledger::{Posting, task_postings};
use crate::store;

use super::archive_accounts::remove_if_done;
use super::claim_messages;

/// Where a claim has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    pub status: ClaimStatus,
    /// What is to be asked for now and was not before.
    pub commands: Vec<Command>,
    /// Whether a message was written that is due at once.
    pub has_messages: bool,
}

/// Takes the steps of a claim that these events call for. One that does not fit the claim's state changes nothing: it came
/// before, or late.
///
/// Stock is this service's own, so its return is carried out in this very transaction. What is to be asked for now is
/// written as messages, in the hand of the holder if there is one.
pub fn advance_claim(
    conn: &mut DbConnection,
    accepted: &AcceptedCancel,
    events: &[Event],
    hold: Option<&Hold>,
    now: DateTime<Utc>,
) -> Result<Advanced, Error> {
    let claim_no = &accepted.claim_no;
    let Some(standing) = store::cancel_claim::lock_standing(conn, claim_no)? else {
        return Err(Problem::internal("an effect of a claim that does not exist").into());
    };
    let before = CancelSaga::restore(claim_no.clone(), standing.0, store::claim_task::find(conn, claim_no)?);
    let after = play(before.clone(), events, now);
    if after.tasks() == before.tasks() {
        return Ok(Advanced { status: standing.1, commands: Vec::new(), has_messages: false });
    }
    for task in newly_done(before.tasks(), &after) {
        if let Effect::ReturnStock { goods_no, item_no, quantity } = &task.effect {
            store::goods::add_stock(conn, goods_no, item_no, *quantity)?;
        }
    }
    store::claim_task::update(conn, before.tasks(), &after)?;
    if after.has_paid_out() && !before.has_paid_out() {
        remove_if_done(conn, &after)?;
    }
    store::ledger::append(conn, claim_no, &postings(accepted, before.tasks(), &after)?, now)?;
    let commands = newly_open(&before, &after);
    claim_messages::ask_for(conn, now, claim_no, &commands, hold)?;
    let is_rejected_now = before.decision() == Decision::Undecided && after.decision() == Decision::Rejected;
    if is_rejected_now {
        claim_messages::tell_rejection(conn, now, claim_no)?;
    }
    let (decision, status) = (after.decision(), after.status());
    if (decision, status) != standing {
        let completed_at = (status == ClaimStatus::Complete).then_some(now);
        store::cancel_claim::update_progress(conn, claim_no, (decision, status), completed_at)?;
    }
    let has_messages = is_rejected_now || (hold.is_none() && !commands.is_empty());
    Ok(Advanced { status, commands, has_messages })
}

/// The events one after the other, and then whatever of the open stage is our own to do.
fn play(mut saga: CancelSaga, events: &[Event], now: DateTime<Utc>) -> CancelSaga {
    let mut events: VecDeque<Event> = events.iter().cloned().collect();
    loop {
        while let Some(event) = events.pop_front() {
            saga = step(saga, event, now).0;
        }
        let ours = saga.open_commands().into_iter().filter(|command| command.effect.is_our_own());
        events.extend(ours.map(|command| Event::Succeeded(command.key, Outcome::Done)));
        if events.is_empty() {
            return saga;
        }
    }
}

/// What may be asked for now and could not before.
fn newly_open(before: &CancelSaga, after: &CancelSaga) -> Vec<Command> {
    let was_open: HashSet<EffectKey> =
        before.open_commands().into_iter().map(|command| command.key).collect();
    after.open_commands().into_iter().filter(|command| !was_open.contains(&command.key)).collect()
}

fn newly_done<'a>(before: &'a [Task], after: &'a CancelSaga) -> impl Iterator<Item = &'a Task> {
    before.iter().zip(after.tasks()).filter(|(was, is)| !was.is_done() && is.is_done()).map(|(_, is)| is)
}

/// The books of what was carried out; an order that said no has given nothing up.
fn postings(accepted: &AcceptedCancel, before: &[Task], after: &CancelSaga) -> Result<Vec<Posting>, Error> {
    let mut postings = Vec::new();
    for task in newly_done(before, after) {
        let TaskState::Done(outcome) = task.state else { continue };
        if after.moves_something(&task.effect) {
            postings.extend(task_postings(&accepted.claim_no, &accepted.cost, &task.effect, outcome)?);
        }
    }
    Ok(postings)
}
