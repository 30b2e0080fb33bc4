//! 진행: what came of effects, and what follows from it, in one transaction.

use std::collections::{HashSet, VecDeque};

use chrono::{DateTime, Utc};
use commerce::{ClaimStatus, ClaimType};
use db::DbConnection;
use db::outbox::Hold;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::money::ledger::Posting;
use crate::domain::saga::claim::AcceptedClaim;
use crate::domain::saga::postings::task_postings;
use crate::domain::saga::{
    ClaimSaga, Command, Decision, EffectKey, Event, Outcome, Receiver, Task, TaskState, step,
};
use crate::store;
use crate::usecase::messages::{self, Asked};
use crate::usecase::personal::archive_accounts::remove_if_done;

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
pub fn advance(
    conn: &mut DbConnection,
    accepted: &AcceptedClaim,
    events: &[Event],
    hold: Option<&Hold>,
    now: DateTime<Utc>,
) -> Result<Advanced, Error> {
    let claim_no = &accepted.claim_no;
    let Some(standing) = store::claim::standing::lock(conn, claim_no)? else {
        return Err(Problem::internal("an effect of a claim that does not exist").into());
    };
    let before = ClaimSaga::restore(claim_no.clone(), standing.0, store::claim::task::find(conn, claim_no)?);
    let after = play(before.clone(), events, now);
    if after.tasks() == before.tasks() {
        return Ok(Advanced { status: standing.1, commands: Vec::new(), has_messages: false });
    }
    for task in newly_done(before.tasks(), &after) {
        if let Receiver::Stock { goods_no, item_no, quantity } = task.effect.receiver() {
            store::catalogue::goods::add_stock(conn, goods_no, item_no, quantity)?;
        }
    }
    store::claim::task::update(conn, before.tasks(), &after)?;
    if after.has_paid_out() && !before.has_paid_out() {
        remove_if_done(conn, &after)?;
    }
    store::ledger::append(conn, claim_no, &postings(accepted, before.tasks(), &after)?, now)?;
    let commands = newly_open(&before, &after);
    messages::ask_for(conn, now, claim_no, &commands, hold)?;
    let is_rejected_now = before.decision() == Decision::Undecided && after.decision() == Decision::Rejected;
    if is_rejected_now {
        messages::ask_once(conn, now, Asked::RejectionNotice, claim_no)?;
    }
    let (decision, status) = (after.decision(), status_after(accepted.claim_type, standing.1, &after));
    if (decision, status) != standing {
        let completed_at = (status == ClaimStatus::Complete).then_some(now);
        store::claim::standing::update(conn, claim_no, (decision, status), completed_at)?;
    }
    if status != standing.1 && accepted.claim_type == ClaimType::Return {
        store::collection::complete(conn, claim_no)?;
    }
    let has_messages = is_rejected_now || (hold.is_none() && !commands.is_empty());
    Ok(Advanced { status, commands, has_messages })
}

/// 클레임상태: a cancel, and a return that is settled, are where their tasks are. What has ended stays so whatever is still to go
/// back, and an exchange goes by its goods.
fn status_after(claim_type: ClaimType, before: ClaimStatus, saga: &ClaimSaga) -> ClaimStatus {
    match (claim_type, before) {
        (ClaimType::Exchange, _) | (ClaimType::Return, ClaimStatus::Rejected) => before,
        (ClaimType::Return | ClaimType::Cancel | ClaimType::OptionChange | ClaimType::ReturnComplete, _) => {
            saga.status()
        }
    }
}

/// The events one after the other, and then whatever of the open stage is our own to do.
fn play(mut saga: ClaimSaga, events: &[Event], now: DateTime<Utc>) -> ClaimSaga {
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
fn newly_open(before: &ClaimSaga, after: &ClaimSaga) -> Vec<Command> {
    let was_open: HashSet<EffectKey> =
        before.open_commands().into_iter().map(|command| command.key).collect();
    after.open_commands().into_iter().filter(|command| !was_open.contains(&command.key)).collect()
}

fn newly_done<'a>(before: &'a [Task], after: &'a ClaimSaga) -> impl Iterator<Item = &'a Task> {
    before.iter().zip(after.tasks()).filter(|(was, is)| !was.is_done() && is.is_done()).map(|(_, is)| is)
}

/// The books of what was carried out; an order that said no has given nothing up.
fn postings(accepted: &AcceptedClaim, before: &[Task], after: &ClaimSaga) -> Result<Vec<Posting>, Error> {
    let mut postings = Vec::new();
    for task in newly_done(before, after) {
        let TaskState::Done(outcome) = task.state else { continue };
        if after.moves_something(&task.effect) {
            postings.extend(task_postings(&accepted.claim_no, &accepted.cost, &task.effect, outcome)?);
        }
    }
    Ok(postings)
}
