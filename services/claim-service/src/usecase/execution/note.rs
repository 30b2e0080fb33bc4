//! 결과 기록: what came of effects, what follows from it, and what becomes of their messages.

use std::sync::Arc;
use std::time::Duration;

use commerce::ClaimNo;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox::worker::{Failure, Tried};

use crate::domain::saga::claim::{AcceptedClaim, Cause};
use crate::domain::saga::{Command, EffectKey, Event};
use crate::state::AppState;
use crate::state::progress::Moved;
use crate::store;
use crate::store::order::terms::read_copy;
use crate::usecase::execution::advance::{Advanced, advance};
use crate::usecase::execution::ask::ask;

/// Of effects whose messages this process holds, in one transaction. What follows is in its hand again.
pub async fn note_tries(
    state: &AppState,
    cause: &Cause,
    events: Vec<Event>,
    tries: Vec<Tried>,
) -> Result<Vec<Command>, Error> {
    let (now, accepted, runs) = (state.clock.now(), cause.accepted.clone(), state.runs.clone());
    let advanced = state
        .db
        .write(move |conn| {
            let advanced = advance(conn, &accepted, &events, Some(&runs.hold(now)), now)?;
            runs.settle(conn, &tries, now)?;
            Ok::<_, Error>(advanced)
        })
        .await?;
    tell(state, &cause.accepted, &advanced);
    Ok(advanced.commands)
}

/// Brings about what the claim's task of this key asks for, if it is open, and notes it; its message is the caller's.
/// `patience` bounds the attempt.
pub async fn carry_out(
    state: &AppState,
    claim_no: &ClaimNo,
    key: &EffectKey,
    patience: Duration,
) -> Result<Result<(), Failure>, Error> {
    let Some((cause, command)) = find_open(state, claim_no.clone(), key.clone()).await? else {
        return Ok(Ok(()));
    };
    let (event, result) = ask(state, &cause, &command, patience).await;
    let Some(event) = event else { return Ok(result) };
    let (now, accepted) = (state.clock.now(), cause.accepted.clone());
    let advanced =
        state.db.write(move |conn| advance(conn, &accepted, std::slice::from_ref(&event), None, now)).await?;
    tell(state, &cause.accepted, &advanced);
    Ok(result)
}

async fn find_open(
    state: &AppState,
    claim_no: ClaimNo,
    key: EffectKey,
) -> Result<Option<(Cause, Command)>, Error> {
    let open = state
        .db
        .snapshot(move |conn| {
            let Some(claim) = store::claim::accepted::find(conn, &claim_no)? else { return Ok(None) };
            let saga = claim.saga(store::claim::task::find(conn, &claim_no)?);
            let open = saga.open_commands().into_iter().find(|command| command.key == key);
            let Some(command) = open else { return Ok(None) };
            let copy = store::order::copy::find(conn, &claim.accepted.order_no)?;
            let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
            Ok::<_, Error>(Some((claim.accepted, copy, command)))
        })
        .await?;
    let Some((accepted, copy, command)) = open else { return Ok(None) };
    Ok(Some((Cause { accepted, pinned: Arc::new(read_copy(&copy)?) }, command)))
}

fn tell(state: &AppState, accepted: &AcceptedClaim, advanced: &Advanced) {
    if advanced.has_messages {
        state.bell.ring();
    }
    let claim_no = accepted.claim_no.clone();
    state.progress.tell(&accepted.order_no, Moved { claim_no, status: advanced.status });
}
