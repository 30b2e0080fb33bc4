//! Messages that their writer holds: whoever commits them carries them out at once, and no worker leases them meanwhile.
//!
//! A process has only so many slots for this; without a free one messages are written as everybody's, and the
//! [outbox worker](crate::outbox::worker) takes them. So it does with whatever is left over when a process dies or a try fails.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use commerce::calendar;
use db::outbox::Hold;
use db::{Db, DbConnection};
use diesel::QueryResult;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use platform::clock::Clock;
use platform::http_client::current_traceparent;
use platform::request_context::RequestContext;
use platform::telemetry;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span};
use uuid::Uuid;

use crate::observed;
use crate::outbox::worker::{Failure, GRACE, OutboxSettings, Tried, give_back, known, settle};

/// How one cause's messages are carried out.
#[async_trait]
pub trait Carrier: Send + Sync + 'static {
    /// What the messages come of.
    type Cause: Send + Sync + 'static;
    /// What one of them asks for.
    type Command: Send + Sync + 'static;
    /// What came of it, to be noted.
    type Said: Send;

    const TOPIC: &'static str;

    fn key(command: &Self::Command) -> &str;

    /// For the log lines and the trace of all its messages.
    fn span(cause: &Self::Cause) -> Span;

    /// Does what one message asks for, outside of any transaction. It may be asked for again later.
    async fn attempt(
        &self,
        cause: &Self::Cause,
        command: &Self::Command,
    ) -> (Self::Said, Result<(), Failure>);

    /// Notes what came of several of them and [settles](Held::settle) their messages in one transaction. Says what is to be
    /// done next, its messages held as well.
    async fn note(
        &self,
        cause: &Self::Cause,
        said: Vec<Self::Said>,
        tries: Vec<Tried>,
    ) -> Result<Vec<Self::Command>, Failure>;
}

/// What of one cause is to be carried out, its messages held since they were written.
#[derive(Debug)]
pub struct Run<Cause, Command> {
    pub cause: Cause,
    pub commands: Vec<Command>,
    /// When their messages were written.
    pub asked_at: DateTime<Utc>,
}

/// The right to carry out one run, until it is dropped.
#[derive(Debug)]
pub struct Slot {
    _permit: OwnedSemaphorePermit,
}

/// A run that is to be carried out now.
#[derive(Debug)]
pub struct Begun<Cause, Command> {
    run: Run<Cause, Command>,
    /// Of whoever wrote the messages.
    traceparent: Option<String>,
    slot: Slot,
}

/// What this process holds. Clones share it.
#[derive(Debug)]
pub struct Held<Cause, Command> {
    owner: Arc<str>,
    slots: Arc<Semaphore>,
    begun: mpsc::UnboundedSender<Begun<Cause, Command>>,
    settings: Arc<OutboxSettings>,
}

impl<Cause, Command> Clone for Held<Cause, Command> {
    fn clone(&self) -> Self {
        Self {
            owner: Arc::clone(&self.owner),
            slots: Arc::clone(&self.slots),
            begun: self.begun.clone(),
            settings: Arc::clone(&self.settings),
        }
    }
}

/// Where begun runs come out.
pub type Coming<Cause, Command> = mpsc::UnboundedReceiver<Begun<Cause, Command>>;

impl<Cause, Command> Held<Cause, Command> {
    pub fn new(slots: usize, settings: OutboxSettings) -> (Self, Coming<Cause, Command>) {
        let (begun, coming) = mpsc::unbounded_channel();
        let slots = Arc::new(Semaphore::new(slots.min(Semaphore::MAX_PERMITS)));
        let owner = Uuid::now_v7().to_string().into();
        (Self { owner, slots, begun, settings: Arc::new(settings) }, coming)
    }

    /// How messages are held that are written now.
    pub fn hold(&self, now: DateTime<Utc>) -> Hold {
        let lease = TimeDelta::from_std(self.settings.lease()).unwrap_or(TimeDelta::MAX);
        Hold { owner: self.owner.to_string(), until: calendar::after(now, lease) }
    }

    /// `None` while all slots are taken, and once the process stops.
    pub fn slot(&self) -> Option<Slot> {
        Arc::clone(&self.slots).try_acquire_owned().ok().map(|permit| Slot { _permit: permit })
    }

    /// Has it carried out. To be called once its messages are committed.
    pub fn begin(&self, slot: Slot, run: Run<Cause, Command>) {
        // Where nobody receives any more the process stops, and gives back what it holds.
        let _ = self.begun.send(Begun { run, traceparent: current_traceparent(), slot });
    }

    /// Removes the messages of what is done and gives back the others for a later try, in the transaction that notes it.
    pub fn settle(&self, conn: &mut DbConnection, tries: &[Tried], now: DateTime<Utc>) -> QueryResult<usize> {
        settle(conn, &self.settings, &self.owner, tries, now)
    }
}

/// Carries out what this process holds.
pub struct HeldWorker<C: Carrier> {
    pub db: Db,
    pub clock: Clock,
    pub held: Held<C::Cause, C::Command>,
    pub coming: Coming<C::Cause, C::Command>,
    pub carrier: C,
}

impl<C: Carrier> HeldWorker<C> {
    /// Works until told to stop; then lets what is begun finish, and gives back what does not in time.
    pub async fn run(self, stop: CancellationToken) {
        let Self { db, clock, held, mut coming, carrier } = self;
        let process = Arc::new(Process { clock, settings: Arc::clone(&held.settings), carrier });
        let mut at_work = JoinSet::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(begun) = coming.recv() => process.set_to_work(&mut at_work, begun),
                Some(ended) = at_work.join_next() => { known(ended); }
            }
        }
        held.slots.close();
        coming.close();
        while let Some(begun) = coming.recv().await {
            process.set_to_work(&mut at_work, begun);
        }
        let all_ended = async {
            while let Some(ended) = at_work.join_next().await {
                known(ended);
            }
        };
        if tokio::time::timeout(held.settings.stop(), all_ended).await.is_err() {
            at_work.shutdown().await;
        }
        give_back(&db, &process.clock, &held.owner).await;
    }
}

struct Process<C> {
    clock: Clock,
    settings: Arc<OutboxSettings>,
    carrier: C,
}

impl<C: Carrier> Process<C> {
    fn set_to_work(self: &Arc<Self>, at_work: &mut JoinSet<()>, begun: Begun<C::Cause, C::Command>) {
        let Begun { run, traceparent, slot } = begun;
        let span = C::span(&run.cause);
        telemetry::continue_trace(&span, traceparent.as_deref());
        let mut context = RequestContext::new();
        context.traceparent = traceparent;
        let process = Arc::clone(self);
        let work = async move {
            process.carry_out(run).await;
            drop(slot);
        };
        at_work.spawn(context.scope(work).instrument(span));
    }

    /// Until nothing of it is in this process's hand any more.
    async fn carry_out(&self, run: Run<C::Cause, C::Command>) {
        let Run { cause, mut commands, mut asked_at } = run;
        let cause = &cause;
        let mut under_way = FuturesUnordered::new();
        loop {
            under_way.extend(commands.into_iter().map(|command| self.attempt(cause, command, asked_at)));
            let Some(first) = under_way.next().await else { return };
            let mut ended = vec![first];
            let grace = tokio::time::sleep(GRACE);
            tokio::pin!(grace);
            while !under_way.is_empty() {
                tokio::select! {
                    biased;
                    Some(next) = under_way.next() => ended.push(next),
                    () = &mut grace => break,
                }
            }
            asked_at = self.clock.now();
            let (said, tries) = ended.into_iter().unzip();
            commands = match self.carrier.note(cause, said, tries).await {
                Ok(next) => next,
                Err(failure) => {
                    tracing::warn!(?failure, "what came of a message can't be noted; it comes again later");
                    Vec::new()
                }
            };
        }
    }

    /// The first try of a message: it was written in hand.
    async fn attempt(
        &self,
        cause: &C::Cause,
        command: C::Command,
        asked_at: DateTime<Utc>,
    ) -> (C::Said, Tried) {
        let span = tracing::info_span!("outbox", topic = C::TOPIC, otel.kind = "consumer");
        let attempt = async {
            let (said, result) = self.carrier.attempt(cause, &command).await;
            let tried = Tried { key: C::key(&command).to_owned(), topic: C::TOPIC, tries: 1, result };
            tried.report(observed::age(asked_at, self.clock.now()), &self.settings);
            (said, tried)
        };
        attempt.instrument(span).await
    }
}
