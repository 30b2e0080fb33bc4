//! Carries accepted cancels out from their acceptance on, one stage after the other.

use std::time::Duration;

use chrono::{DateTime, Utc};
use db::{DbError, outbox};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use platform::metrics;
use platform::request_context::RequestContext;
use platform::telemetry;
use service_kit::outbox_worker::Failure;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::app::AppState;
use crate::domain::cancel_saga::Command;
use crate::usecase::{Begun, Cause, EFFECT_TOPIC, Run, Tried, note_tries, try_effect};

use super::{failure_of, patience};

/// How long what came of one effect waits for its neighbours, to be noted with them in one transaction.
const GRACE: Duration = Duration::from_millis(10);

/// The cancels of this process. [`Runs`](crate::usecase::Runs) sends them here.
pub struct CancelRuns {
    pub state: AppState,
    pub coming: UnboundedReceiver<Begun>,
}

impl CancelRuns {
    /// Works until told to stop; then lets what is begun finish, and gives back what does not in time.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut at_work = JoinSet::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(begun) = self.coming.recv() => set_to_work(&self.state, &mut at_work, begun),
                Some(ended) = at_work.join_next() => note_end(ended),
            }
        }
        self.state.runs.close();
        self.coming.close();
        while let Some(begun) = self.coming.recv().await {
            set_to_work(&self.state, &mut at_work, begun);
        }
        let all_ended = async {
            while let Some(ended) = at_work.join_next().await {
                note_end(ended);
            }
        };
        let patience = Duration::from_secs(self.state.settings.outbox.stop_seconds);
        if tokio::time::timeout(patience, all_ended).await.is_err() {
            at_work.shutdown().await;
        }
        self.give_back().await;
    }

    async fn give_back(&self) {
        let (owner, now) = (self.state.runs.owner().to_owned(), self.state.clock.now());
        let release =
            self.state.db.write(move |conn| outbox::release_all(conn, &owner, now).map_err(DbError::from));
        match release.await {
            Ok(count) => tracing::info!(count, "cancels of this process stopped, their messages given back"),
            Err(error) => tracing::warn!(%error, "messages of cancels come free by themselves"),
        }
    }
}

fn set_to_work(state: &AppState, at_work: &mut JoinSet<()>, begun: Begun) {
    let Begun { run, traceparent, place } = begun;
    let span = tracing::info_span!("cancel", otel.kind = "consumer", claim.no = %run.cause.accepted.claim_no);
    telemetry::continue_trace(&span, traceparent.as_deref());
    let mut context = RequestContext::new();
    context.traceparent = traceparent;
    let state = state.clone();
    let work = async move {
        carry_out(&state, run).await;
        drop(place);
    };
    at_work.spawn(context.scope(work).instrument(span));
}

/// Until nothing of it is in this process's hand any more. What failed goes on as any other message of the outbox.
async fn carry_out(state: &AppState, run: Run) {
    let Run { cause, mut commands, mut asked_at } = run;
    let cause = &cause;
    let mut under_way = FuturesUnordered::new();
    loop {
        under_way.extend(commands.into_iter().map(|command| attempt(state, cause, command, asked_at)));
        let Some(first) = under_way.next().await else { return };
        let mut tries = vec![first];
        let grace = tokio::time::sleep(GRACE);
        tokio::pin!(grace);
        while !under_way.is_empty() {
            tokio::select! {
                biased;
                Some(next) = under_way.next() => tries.push(next),
                () = &mut grace => break,
            }
        }
        asked_at = state.clock.now();
        commands = match note_tries(state, cause, tries).await {
            Ok(advanced) => advanced.commands,
            Err(error) => {
                let failure = failure_of(error);
                tracing::warn!(
                    ?failure,
                    "what came of an effect can't be noted; it is asked for again later"
                );
                Vec::new()
            }
        };
    }
}

async fn attempt(state: &AppState, cause: &Cause, command: Command, asked_at: DateTime<Utc>) -> Tried {
    let span = tracing::info_span!("outbox", topic = EFFECT_TOPIC, otel.kind = "consumer");
    let patience = patience(&state.settings.outbox);
    let tried = try_effect(state, cause, &command, patience, failure_of).instrument(span).await;
    match &tried.failure {
        None => {
            let delay = (state.clock.now() - asked_at).to_std().unwrap_or_default();
            metrics::get().message_handled(EFFECT_TOPIC, "done", Some(delay));
        }
        Some(Failure::Later(reason)) => {
            metrics::get().message_handled(EFFECT_TOPIC, "later", None);
            tracing::info!(reason, "an effect of a cancel is tried again later");
        }
        Some(Failure::NeedsAttention(reason)) => {
            metrics::get().message_handled(EFFECT_TOPIC, "needs_attention", None);
            tracing::warn!(reason, "an effect of a cancel needs attention");
        }
    }
    tried
}

fn note_end(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a cancel ended badly; it goes on when its messages come free");
    }
}
