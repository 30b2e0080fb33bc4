//! Tokens that were verified before, so that each costs its signature once.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex};

use platform::identity::Caller;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::claims::Judged;
use crate::door::identity::RenderedIdentity;
use crate::per_service::PerService;

/// What an entry weighs besides its token: the caller, the rendered identities and the cache's own book-keeping.
const ENTRY_OVERHEAD_BYTES: u64 = 2560;

/// A caller whose token was found good.
#[derive(Debug)]
pub(crate) struct Verified {
    pub(crate) caller: Caller,
    /// Stands for the caller at the rate limiter.
    pub(crate) rate_key: u64,
    /// The identity as sent upstream, one slot per service, signed again when it gets old.
    pub(crate) identities: PerService<Mutex<Option<RenderedIdentity>>>,
    /// When the token expires, as it says itself.
    pub(crate) expires_at: i64,
    good_until: i64,
    generation: u64,
}

impl Verified {
    pub(super) fn new(judged: Judged, generation: u64) -> Self {
        let mut hasher = DefaultHasher::new();
        judged.issuer.hash(&mut hasher);
        judged.caller.subject.hash(&mut hasher);
        judged.caller.roles.hash(&mut hasher);
        Self {
            caller: judged.caller,
            rate_key: hasher.finish(),
            identities: PerService::default(),
            expires_at: judged.expires_at,
            good_until: judged.good_until,
            generation,
        }
    }

    /// A caller who sent no token.
    pub(crate) fn anonymous() -> Self {
        Self {
            caller: Caller::anonymous(),
            rate_key: 0,
            identities: PerService::default(),
            expires_at: i64::MAX,
            good_until: i64::MAX,
            generation: 0,
        }
    }
}

#[derive(Clone, Debug)]
struct ByBytes;

impl Weighter<Box<str>, Arc<Verified>> for ByBytes {
    fn weight(&self, token: &Box<str>, _: &Arc<Verified>) -> u64 {
        ENTRY_OVERHEAD_BYTES.saturating_add(u64::try_from(token.len()).unwrap_or(u64::MAX))
    }
}

/// Successes only, keyed by the whole token, bounded by weight.
#[derive(Debug)]
pub(crate) struct TokenCache {
    entries: Cache<Box<str>, Arc<Verified>, ByBytes>,
}

impl TokenCache {
    pub(crate) fn new(capacity_bytes: u64) -> Self {
        let typical_entry = ENTRY_OVERHEAD_BYTES + 700;
        let items = usize::try_from(capacity_bytes / typical_entry).unwrap_or(usize::MAX).max(1);
        Self { entries: Cache::with_weighter(items, capacity_bytes, ByBytes) }
    }

    /// An entry that is still good: not expired, and made with today's keys.
    pub(crate) fn get(&self, token: &str, generation: u64, now: i64) -> Option<Arc<Verified>> {
        let verified = self.entries.get(token)?;
        if verified.generation == generation && now < verified.good_until {
            return Some(verified);
        }
        self.entries.remove(token);
        None
    }

    pub(crate) fn insert(&self, token: &str, verified: Verified) -> Arc<Verified> {
        let verified = Arc::new(verified);
        self.entries.insert(token.into(), Arc::clone(&verified));
        verified
    }

    pub(crate) fn clear(&self) {
        self.entries.clear();
    }
}
