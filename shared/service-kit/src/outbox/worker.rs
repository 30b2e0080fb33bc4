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
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::error::Error;
use crate::observed;

/// Does what a message asks for. It may be asked twice, so what it does must bear repeating.
#[async_trait]
pub trait Handler: Send + Sync {
    async fn handle(&self, message: &Message) -> Result<(), Failure>;
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
        while !stop.is_cancelled() {
            let begun = match Arc::clone(&worker).begin_more(&mut at_work).await {
                Ok(count) => count,
                Err(error) => {
                    tracing::warn!(%error, "the outbox can't be read now");
                    0
                }
            };
            if begun > 0 && at_work.len() < worker.settings.parallel {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                Some(ended) = at_work.join_next() => note(ended),
                () = worker.bell.0.notified(), if at_work.len() < worker.settings.parallel => {}
                () = tokio::time::sleep(Duration::from_millis(worker.settings.poll_ms)) => {}
            }
        }
        drain(&mut at_work, &worker.settings).await;
        give_back(&worker.db, &worker.clock, &worker.owner).await;
    }

    /// Leases as many messages as there are free places and sets to work on them.
    async fn begin_more(self: Arc<Self>, at_work: &mut JoinSet<()>) -> Result<usize, DbError> {
        let places = self.settings.parallel.saturating_sub(at_work.len());
        if places == 0 {
            return Ok(0);
        }
        let (owner, now) = (self.owner.clone(), self.clock.now());
        let lease = self.settings.lease();
        let limit = i64::try_from(places).unwrap_or(i64::MAX);
        let messages = self
            .db
            .write(move |conn| outbox::lease(conn, now, &owner, lease, limit).map_err(DbError::from))
            .await?;
        let mut begun = 0;
        for message in messages {
            let Some(taken) = self.in_hand.take(&message.key) else { continue };
            let worker = Arc::clone(&self);
            let span = tracing::info_span!("outbox", topic = %message.topic, otel.kind = "consumer");
            telemetry::continue_trace(&span, message.traceparent.as_deref());
            let mut context = RequestContext::new();
            context.traceparent.clone_from(&message.traceparent);
            let work = async move { worker.work_off(message, taken).await };
            at_work.spawn(context.scope(work).instrument(span));
            begun += 1;
        }
        Ok(begun)
    }

    async fn work_off(&self, message: Message, taken: Taken) {
        // A topic nobody handles may be any text.
        let topic =
            self.handlers.get_key_value(message.topic.as_str()).map_or("unknown", |(topic, _)| *topic);
        let result = match self.handlers.get(message.topic.as_str()) {
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
        let (tried, now) = ([Tried { key: message.key, tries, result }], self.clock.now());
        tried[0].report(topic, observed::age(message.created_at, now), &self.settings);
        let (settings, owner) = (self.settings.clone(), self.owner.clone());
        let settled = self
            .db
            .write(move |conn| settle(conn, &settings, &owner, &tried, now).map_err(DbError::from))
            .await;
        match settled {
            Ok(1..) => {}
            Ok(0) => tracing::info!("another worker has taken the message over"),
            Err(error) => tracing::warn!(%error, "the message comes again when its lease is over"),
        }
    }
}

/// A message that was tried, and what came of it.
#[derive(Debug)]
pub struct Tried {
    pub key: String,
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
    pub(crate) fn report(&self, topic: &'static str, delay: Duration, settings: &OutboxSettings) {
        let tries = self.tries;
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

/// Lets what is begun finish, and calls off what does not in time.
pub(crate) async fn drain(at_work: &mut JoinSet<()>, settings: &OutboxSettings) {
    let all_ended = async {
        while let Some(ended) = at_work.join_next().await {
            note(ended);
        }
    };
    if tokio::time::timeout(Duration::from_secs(settings.stop_seconds), all_ended).await.is_err() {
        at_work.shutdown().await;
    }
}

/// Gives back what an owner still holds: its last act.
pub(crate) async fn give_back(db: &Db, clock: &Clock, owner: &str) {
    let (owner, now) = (owner.to_owned(), clock.now());
    match db.write(move |conn| outbox::release_all(conn, &owner, now).map_err(DbError::from)).await {
        Ok(count) => tracing::info!(count, "messages in hand are given back"),
        Err(error) => tracing::warn!(%error, "messages in hand come free when their leases end"),
    }
}

pub(crate) fn note(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "work on a message ended badly; it comes again when its lease is over");
    }
}
