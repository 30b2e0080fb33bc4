//! 결과 기록: what came of several effects of one cancel, what follows from it, and what becomes of their messages, in one
//! transaction.

use std::time::Duration;

use db::outbox;
use service_kit::error::Error;
use service_kit::outbox_worker::Failure;

use crate::app::AppState;
use crate::domain::cancel_saga::{Command, EffectKey, Event};

use super::advance_claim::{Advanced, advance_claim};
use super::ask_receiver::{Attempted, Cause, Said, ask_receiver};
use super::progress::Moved;

/// The first try of a message this process holds.
#[derive(Debug)]
pub struct Tried {
    key: EffectKey,
    /// None where it failed before anybody could be asked.
    event: Option<Event>,
    /// Why the message has to be tried again.
    pub failure: Option<Failure>,
}

impl Tried {
    fn heard(command: &Command, said: Said) -> Self {
        let (event, attempted) = said.heard(command);
        let failure = match attempted {
            Attempted::Settled => None,
            Attempted::Unanswered(why) => Some(Failure::Later(why)),
            Attempted::Refused(why) => Some(Failure::NeedsAttention(why)),
        };
        Self { key: command.key.clone(), event: Some(event), failure }
    }
}

/// Asks for an effect whose message this process holds. An error of our own is a failure like a receiver's.
pub async fn try_effect(
    state: &AppState,
    cause: &Cause,
    command: &Command,
    patience: Duration,
    failure_of: fn(Error) -> Failure,
) -> Tried {
    match ask_receiver(state, cause, command, patience).await {
        Ok(said) => Tried::heard(command, said),
        Err(error) => Tried { key: command.key.clone(), event: None, failure: Some(failure_of(error)) },
    }
}

/// What follows is in this process's hand again.
pub async fn note_tries(state: &AppState, cause: &Cause, tries: Vec<Tried>) -> Result<Advanced, Error> {
    let now = state.clock.now();
    let (accepted, owner) = (cause.accepted.clone(), state.runs.owner().to_owned());
    let hold = state.runs.hold(now, &state.settings.outbox);
    let next_try = now + state.settings.outbox.wait_after(1);
    let attention_after = state.settings.outbox.attention_after;
    let advanced = state
        .db
        .write(move |conn| {
            let events: Vec<Event> = tries.iter().filter_map(|tried| tried.event.clone()).collect();
            let advanced = advance_claim(conn, &accepted, &events, Some(&hold), now)?;
            let settled = tries.iter().filter(|tried| tried.failure.is_none());
            let settled: Vec<&str> = settled.map(|tried| tried.key.as_str()).collect();
            outbox::finish_all(conn, &settled, &owner)?;
            for tried in &tries {
                let (reason, needs_attention) = match &tried.failure {
                    None => continue,
                    Some(Failure::Later(reason)) => (reason, attention_after <= 1),
                    Some(Failure::NeedsAttention(reason)) => (reason, true),
                };
                outbox::retry_later(conn, tried.key.as_str(), &owner, next_try, reason, needs_attention)?;
            }
            Ok::<_, Error>(advanced)
        })
        .await?;
    if advanced.has_messages {
        state.bell.ring();
    }
    let claim_no = cause.accepted.claim_no.clone();
    state.progress.tell(&cause.accepted.order_no, Moved { claim_no, status: advanced.status });
    Ok(advanced)
}
