//! The keys of every issuer: where they come from and how they stay fresh.

mod source;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use platform::error::chain;
use platform::identity::Roles;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use self::source::Source;
use super::claims::Rules;
use super::jwk::KeySet;
use crate::settings::{Algorithm, IssuerSettings, KeySettings};

pub use self::source::SourceError;

/// All issuers. One number stands for all their keys: it grows whenever any of them changes.
#[derive(Debug)]
pub(crate) struct Keys {
    issuers: HashMap<String, Issuer>,
    generation: AtomicU64,
}

/// One issuer: what its tokens must look like, and the keys they are checked with.
#[derive(Debug)]
pub(crate) struct Issuer {
    name: String,
    algorithm: Algorithm,
    rules: Rules,
    is_published: bool,
    /// How often the source is read without being asked.
    read_every: Duration,
    /// How long an unknown key id waits before it may cause another reading.
    unknown_key_gap: Duration,
    source: Source,
    current: RwLock<Arc<KeySet>>,
    reading: Mutex<Reading>,
}

/// The state of reading a source; its lock makes readings one at a time.
#[derive(Debug, Default)]
struct Reading {
    /// What the current keys were read from, so that an unchanged set costs no token its cache entry.
    bytes: Vec<u8>,
    is_failing: bool,
    asked_for_unknown_key_at: Option<Instant>,
}

/// How long to wait before a source without any usable keys yet is tried again.
const RETRY_FIRST_READING: Duration = Duration::from_secs(2);

impl Keys {
    /// Prepares the issuers; nothing is read yet.
    pub(crate) fn new(issuers: &[IssuerSettings], settings: &KeySettings) -> Result<Self, SourceError> {
        let mut roles_before = Vec::new();
        let issuers = issuers
            .iter()
            .map(|issuer| {
                let rules = Rules {
                    audience: issuer.audience.clone(),
                    roles: issuer.roles.clone(),
                    roles_before: roles_before.clone(),
                };
                roles_before.push(Roles::of(&issuer.roles));
                Ok((issuer.iss.clone(), Issuer::new(issuer, rules, settings)?))
            })
            .collect::<Result<_, SourceError>>()?;
        Ok(Self { issuers, generation: AtomicU64::new(1) })
    }

    pub(crate) fn issuer(&self, name: &str) -> Option<&Issuer> {
        self.issuers.get(name)
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// The issuers that can't verify anything yet.
    pub(crate) fn issuers_without_keys(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .issuers
            .values()
            .filter(|issuer| issuer.current().is_empty())
            .map(|issuer| issuer.name.as_str())
            .collect();
        names.sort_unstable();
        names
    }

    /// The public keys of the issuers that publish theirs here, as a JSON web key set.
    pub(crate) fn published_set(&self) -> serde_json::Value {
        let mut keys: Vec<serde_json::Value> = self
            .issuers
            .values()
            .filter(|issuer| issuer.is_published)
            .flat_map(|issuer| issuer.current().public_jwks().cloned().collect::<Vec<_>>())
            .collect();
        keys.sort_by_key(|key| key.get("kid").map(ToString::to_string));
        serde_json::json!({ "keys": keys })
    }

    /// Reads every source once; what fails is logged and tried again by [`Keys::keep_fresh`].
    pub(crate) async fn read_all(&self) {
        for issuer in self.issuers.values() {
            self.read(issuer, &mut *issuer.reading.lock().await).await;
        }
    }

    /// Reads each source again and again until the returned watch is dropped.
    pub(crate) fn keep_fresh(self: &Arc<Self>) -> FreshnessWatch {
        let tasks = self
            .issuers
            .keys()
            .map(|name| {
                let keys = Arc::clone(self);
                let name = name.clone();
                tokio::spawn(async move {
                    let Some(issuer) = keys.issuer(&name) else { return };
                    loop {
                        let pause = if issuer.current().is_empty() {
                            issuer.read_every.min(RETRY_FIRST_READING)
                        } else {
                            issuer.read_every
                        };
                        tokio::time::sleep(pause).await;
                        keys.read(issuer, &mut *issuer.reading.lock().await).await;
                    }
                })
            })
            .collect();
        FreshnessWatch(tasks)
    }

    /// Reads an issuer's source because a token names a key that isn't known, but not more often than allowed.
    ///
    /// Whoever comes while a reading is under way waits for it and uses what it found.
    pub(crate) async fn refresh_for_unknown_key(&self, issuer: &Issuer) {
        let mut reading = issuer.reading.lock().await;
        if reading.asked_for_unknown_key_at.is_some_and(|at| at.elapsed() < issuer.unknown_key_gap) {
            return;
        }
        self.read(issuer, &mut reading).await;
        reading.asked_for_unknown_key_at = Some(Instant::now());
    }

    async fn read(&self, issuer: &Issuer, reading: &mut Reading) {
        let result = match issuer.source.read().await {
            Ok(bytes) if bytes == reading.bytes => Ok(None),
            Ok(bytes) => match KeySet::parse(&bytes, issuer.algorithm) {
                Ok(set) => Ok(Some((bytes, set))),
                Err(refusal) => Err(SourceError::Set(refusal)),
            },
            Err(error) => Err(error),
        };
        match result {
            Ok(change) => {
                reading.is_failing = false;
                if let Some((bytes, set)) = change {
                    reading.bytes = bytes;
                    issuer.replace(set);
                    self.generation.fetch_add(1, Ordering::AcqRel);
                    tracing::info!(issuer = issuer.name, "keys of an issuer were read");
                }
            }
            // Said once per failure, not once per attempt; the last good keys stay.
            Err(error) if !reading.is_failing => {
                reading.is_failing = true;
                let reason = chain(&error);
                tracing::warn!(issuer = issuer.name, reason, "keys of an issuer can't be read");
            }
            Err(_) => {}
        }
    }
}

impl Issuer {
    fn new(issuer: &IssuerSettings, rules: Rules, settings: &KeySettings) -> Result<Self, SourceError> {
        let source = Source::new(issuer, settings)?;
        let file_check = Duration::from_millis(settings.file_check_ms);
        let (read_every, unknown_key_gap) = match &source {
            Source::File(_) => (file_check, file_check),
            Source::Url { .. } => {
                (Duration::from_secs(settings.refresh_s), Duration::from_secs(settings.unknown_key_refresh_s))
            }
        };
        Ok(Self {
            name: issuer.iss.clone(),
            algorithm: issuer.algorithm,
            rules,
            is_published: issuer.publish,
            read_every,
            unknown_key_gap,
            source,
            current: RwLock::default(),
            reading: Mutex::default(),
        })
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) fn current(&self) -> Arc<KeySet> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, set: KeySet) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(set);
    }
}

/// Keeps the background readings alive; dropping it ends them.
#[derive(Debug)]
pub(crate) struct FreshnessWatch(Vec<JoinHandle<()>>);

impl Drop for FreshnessWatch {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}
