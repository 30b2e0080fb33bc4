//! Empties the transactional outbox: every message is handed to its handler until the handler has done it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use commerce::calendar;
use db::outbox::{self, Message};
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use platform::clock::Clock;
use platform::http_client::ClientError;
use platform::metrics;
use platform::request_context::RequestContext;
use platform::telemetry;
use serde::Deserialize;
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinSet};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::error::Error;
use crate::observed;

/// How long what came of one message waits for its neighbours, to be noted with them in one transaction.
pub(crate) const GRACE: Duration = Duration::from_millis(10);

/// Does what a message asks for. It may be asked twice, so what it does must bear repeating.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Notes that these are about to be tried, in the transaction that leases them. Says by their keys which of them ask for
    /// nothing any more: those are removed unhandled.
    fn begin(&self, _conn: &mut DbConnection, _keys: &[&str]) -> QueryResult<Vec<String>> {
        Ok(Vec::new())
    }

    async fn handle(&self, message: &Message) -> Result<(), Failure>;

    /// Notes that these are done, in the transaction that removes them.
    fn finish(&self, _conn: &mut DbConnection, _keys: &[&str], _now: DateTime<Utc>) -> QueryResult<()> {
        Ok(())
    }
}

/// Why a message is not done. It is tried again, ever more slowly and for ever; nothing is dropped.
///
/// The reason is stored and logged: no personal data in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// May pass by itself.
    Later(String),
    /// Somebody must look at it now.
    NeedsAttention(String),
}

impl From<ClientError> for Failure {
    /// One that refuses needs a look.
    fn from(error: ClientError) -> Self {
        if error.may_pass() {
            Self::Later(error.to_string())
        } else {
            Self::NeedsAttention(error.to_string())
        }
    }
}

impl From<Error> for Failure {
    /// What we can't read, or refuse ourselves, needs a look.
    fn from(error: Error) -> Self {
        match error {
            Error::Database(error) => error.into(),
            Error::Sister(error) => error.into(),
            Error::Refused(problem) => {
                Self::NeedsAttention(problem.chain().unwrap_or_else(|| problem.to_string()))
            }
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Later(error.to_string())
    }
}

/// The pace of the worker.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutboxSettings {
    /// How often the table is looked at when nobody rings.
    pub poll_ms: u64,
    /// Messages worked on at once.
    pub parallel: usize,
    /// A message is free for another worker when this one has been silent for so long.
    pub lease_seconds: u64,
    pub first_retry_ms: u64,
    pub max_retry_ms: u64,
    /// Tries after which an operator is told.
    pub attention_after: u32,
    /// How long a stop waits for handlers at work before it calls them off.
    pub stop_seconds: u64,
}

impl Default for OutboxSettings {
    fn default() -> Self {
        Self {
            poll_ms: 1_000,
            parallel: 8,
            lease_seconds: 60,
            first_retry_ms: 1_000,
            max_retry_ms: 300_000,
            attention_after: 10,
            stop_seconds: 10,
        }
    }
}

impl OutboxSettings {
    /// How long a message is in one hand.
    pub const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }

    /// How long a stop waits for what is begun.
    pub(crate) const fn stop(&self) -> Duration {
        Duration::from_secs(self.stop_seconds)
    }

    /// How long to wait after so many tries: doubles from the first wait to the longest.
    pub fn wait_after(&self, tries: u32) -> TimeDelta {
        let factor = 1_u64.checked_shl(tries.saturating_sub(1).min(32)).unwrap_or(u64::MAX);
        let wait = self.first_retry_ms.saturating_mul(factor).min(self.max_retry_ms);
        TimeDelta::milliseconds(i64::try_from(wait).unwrap_or(i64::MAX))
    }
}

/// Rings the worker after a commit, so that nothing waits for the next poll.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// One worker of one process; several replicas share a table through leases.
pub struct OutboxWorker {
    db: Db,
    clock: Clock,
    settings: OutboxSettings,
    handlers: HashMap<&'static str, Arc<dyn Handler>>,
    bell: Bell,
    owner: String,
    in_hand: InHand,
}

/// The keys of messages this worker is at work on. A message whose lease has run out meanwhile, because the clock was
/// moved for example, is not begun a second time beside the first.
#[derive(Clone, Debug, Default)]
struct InHand(Arc<Mutex<HashSet<String>>>);

/// Takes the key out of hand however its handler ends.
struct Taken(InHand, String);

impl InHand {
    fn take(&self, key: &str) -> Option<Taken> {
        let is_new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
        is_new.then(|| Taken(self.clone(), key.to_owned()))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

impl OutboxWorker {
    pub fn new(db: Db, clock: Clock, settings: OutboxSettings, bell: Bell) -> Self {
        let owner = Uuid::now_v7().to_string();
        Self { db, clock, settings, handlers: HashMap::new(), bell, owner, in_hand: InHand::default() }
    }

    /// Adds the handler of a topic.
    #[must_use]
    pub fn on(mut self, topic: &'static str, handler: impl Handler + 'static) -> Self {
        self.handlers.insert(topic, Arc::new(handler));
        self
    }

    /// Works until told to stop; then lets what is begun finish, and gives back what does not in time.
    ///
    /// A slow handler takes one place and holds up nobody else's message.
    pub async fn run(self, stop: CancellationToken) {
        let worker = Arc::new(self);
        let mut at_work = JoinSet::new();
        let mut look = tokio::time::interval(Duration::from_millis(worker.settings.poll_ms.max(1)));
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Whether more messages may be due than there were places for when the table was looked at last.
        let mut more_may_be_due = false;
        while !stop.is_cancelled() {
            if more_may_be_due && at_work.len() < worker.settings.parallel {
                more_may_be_due = worker.begin_more(&mut at_work).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "the outbox can't be read now");
                    false
                });
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                Some(ended) = at_work.join_next() => worker.settle_with_neighbours(ended, &mut at_work).await,
                () = worker.bell.0.notified(), if !more_may_be_due => more_may_be_due = true,
                _ = look.tick() => more_may_be_due = true,
            }
        }
        let all_ended = async {
            while let Some(ended) = at_work.join_next().await {
                worker.settle_with_neighbours(ended, &mut at_work).await;
            }
        };
        if tokio::time::timeout(worker.settings.stop(), all_ended).await.is_err() {
            at_work.shutdown().await;
        }
        give_back(&worker.db, &worker.clock, &worker.owner).await;
    }

    /// Leases as many messages as there are free places and sets to work on them. Says whether there may be more.
    async fn begin_more(self: &Arc<Self>, at_work: &mut JoinSet<Tried>) -> Result<bool, DbError> {
        let places = self.settings.parallel.saturating_sub(at_work.len());
        let worker = Arc::clone(self);
        let (now, lease) = (self.clock.now(), self.settings.lease());
        let limit = i64::try_from(places).unwrap_or(i64::MAX);
        let (leased, wanted) = self
            .db
            .write(move |conn| {
                let mut messages = outbox::lease(conn, now, &worker.owner, lease, limit)?;
                let leased = messages.len();
                let unwanted = worker.begin(conn, &messages)?;
                let keys: Vec<&str> = unwanted.iter().map(String::as_str).collect();
                outbox::finish_all(conn, &keys, &worker.owner)?;
                messages.retain(|message| !unwanted.contains(&message.key));
                Ok::<_, DbError>((leased, messages))
            })
            .await?;
        for message in wanted {
            let Some(taken) = self.in_hand.take(&message.key) else { continue };
            let worker = Arc::clone(self);
            let span = tracing::info_span!("outbox", topic = %message.topic, otel.kind = "consumer");
            telemetry::continue_trace(&span, message.traceparent.as_deref());
            let mut context = RequestContext::new();
            context.traceparent.clone_from(&message.traceparent);
            let work = async move { worker.work_off(message, taken).await };
            at_work.spawn(context.scope(work).instrument(span));
        }
        Ok(leased == places)
    }

    /// The handlers' own notes on what was just leased; says which messages ask for nothing any more.
    fn begin(&self, conn: &mut DbConnection, messages: &[Message]) -> QueryResult<Vec<String>> {
        let mut unwanted = Vec::new();
        for (topic, handler) in &self.handlers {
            let of_topic = messages.iter().filter(|message| message.topic == *topic);
            let keys: Vec<&str> = of_topic.map(|message| message.key.as_str()).collect();
            if !keys.is_empty() {
                unwanted.extend(handler.begin(conn, &keys)?);
            }
        }
        Ok(unwanted)
    }

    async fn work_off(&self, message: Message, taken: Taken) -> Tried {
        // A topic nobody handles may be any text.
        let (topic, handler) = match self.handlers.get_key_value(message.topic.as_str()) {
            Some((topic, handler)) => (*topic, Some(handler)),
            None => ("unknown", None),
        };
        let result = match handler {
            Some(handler) => {
                let patience = Duration::from_secs(self.settings.lease_seconds.saturating_mul(3) / 4);
                match tokio::time::timeout(patience, handler.handle(&message)).await {
                    Ok(result) => result,
                    Err(_) => Err(Failure::Later("took longer than its lease".to_owned())),
                }
            }
            None => Err(Failure::NeedsAttention("nobody handles this topic".to_owned())),
        };
        // Out of hand before it is settled: once it is given back it may be leased again at once, and a lease on what is
        // still in hand would be waited out in vain.
        drop(taken);
        let tries = u32::try_from(message.try_count).unwrap_or(u32::MAX);
        let tried = Tried { key: message.key, topic, tries, result };
        tried.report(observed::age(message.created_at, self.clock.now()), &self.settings);
        tried
    }

    /// Notes what came of a message, and of those that end [soon after](GRACE), in one transaction.
    async fn settle_with_neighbours(
        self: &Arc<Self>,
        first: Result<Tried, JoinError>,
        at_work: &mut JoinSet<Tried>,
    ) {
        let mut tries = Vec::from_iter(known(first));
        let grace = tokio::time::sleep(GRACE);
        tokio::pin!(grace);
        while !at_work.is_empty() {
            tokio::select! {
                biased;
                Some(next) = at_work.join_next() => tries.extend(known(next)),
                () = &mut grace => break,
            }
        }
        let (worker, now, count) = (Arc::clone(self), self.clock.now(), tries.len());
        let settled = self.db.write(move |conn| Ok::<_, DbError>(worker.settle(conn, &tries, now)?)).await;
        match settled {
            Ok(settled) if settled < count => {
                tracing::info!(count = count - settled, "another worker has taken messages over");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, count, "the messages come again when their leases are over"),
        }
    }

    fn settle(&self, conn: &mut DbConnection, tries: &[Tried], now: DateTime<Utc>) -> QueryResult<usize> {
        for (topic, handler) in &self.handlers {
            let done = tries.iter().filter(|tried| tried.topic == *topic && tried.result.is_ok());
            let keys: Vec<&str> = done.map(|tried| tried.key.as_str()).collect();
            if !keys.is_empty() {
                handler.finish(conn, &keys, now)?;
            }
        }
        settle(conn, &self.settings, &self.owner, tries, now)
    }
}

/// A message that was tried, and what came of it.
#[derive(Debug)]
pub struct Tried {
    pub key: String,
    pub topic: &'static str,
    /// How many times, this one included.
    pub tries: u32,
    pub result: Result<(), Failure>,
}

impl Tried {
    fn needs_attention(&self, settings: &OutboxSettings) -> bool {
        match self.result {
            Ok(()) => false,
            Err(Failure::Later(_)) => self.tries >= settings.attention_after,
            Err(Failure::NeedsAttention(_)) => true,
        }
    }

    /// Counts it and tells of a failure; `delay` is how long ago it was written.
    pub(crate) fn report(&self, delay: Duration, settings: &OutboxSettings) {
        let Self { topic, tries, .. } = *self;
        match &self.result {
            Ok(()) => metrics::get().message_handled(topic, "done", Some(delay)),
            Err(Failure::Later(reason) | Failure::NeedsAttention(reason)) => {
                if self.needs_attention(settings) {
                    metrics::get().message_handled(topic, "needs_attention", None);
                    tracing::warn!(tries, reason, "an outbox message needs attention");
                } else {
                    metrics::get().message_handled(topic, "later", None);
                    tracing::info!(tries, reason, "an outbox message is tried again later");
                }
            }
        }
    }
}

/// Removes what is done and gives the rest back for a later try, as far as `owner` still holds it. Says how many those are.
pub(crate) fn settle(
    conn: &mut DbConnection,
    settings: &OutboxSettings,
    owner: &str,
    tries: &[Tried],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let done: Vec<&str> = tries.iter().filter(|one| one.result.is_ok()).map(|one| one.key.as_str()).collect();
    let mut settled = outbox::finish_all(conn, &done, owner)?;
    for tried in tries {
        let Err(Failure::Later(reason) | Failure::NeedsAttention(reason)) = &tried.result else { continue };
        let next_try = calendar::after(now, settings.wait_after(tried.tries));
        let needs_attention = tried.needs_attention(settings);
        settled +=
            usize::from(outbox::retry_later(conn, &tried.key, owner, next_try, reason, needs_attention)?);
    }
    Ok(settled)
}

/// Gives back what an owner still holds: its last act.
pub(crate) async fn give_back(db: &Db, clock: &Clock, owner: &str) {
    let (owner, now) = (owner.to_owned(), clock.now());
    match db.write(move |conn| outbox::release_all(conn, &owner, now).map_err(DbError::from)).await {
        Ok(count) => tracing::info!(count, "messages in hand are given back"),
        Err(error) => tracing::warn!(%error, "messages in hand come free when their leases end"),
    }
}

/// What came of a message, unless the work on it ended badly.
pub(crate) fn known<T>(ended: Result<T, JoinError>) -> Option<T> {
    ended
        .inspect_err(|error| {
            tracing::error!(%error, "work on a message ended badly; it comes again when its lease is over");
        })
        .ok()
}
