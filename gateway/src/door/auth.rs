//! Who calls: a bearer token, judged once and remembered until it expires.

mod cache;
mod claims;
mod jwk;
mod keys;
mod token;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use platform::clock::Clock;

pub use self::jwk::SetRefusal;
pub use self::keys::SourceError;

pub(crate) use self::cache::{TokenCache, Verified};
pub(crate) use self::claims::Limits;
pub(crate) use self::keys::{FreshnessWatch, Keys};

use self::claims::Claims;
use self::token::{JsonFault, UnverifiedToken};

/// Why a token is not believed. It goes to the log; the caller hears the same 401 for all of them.
///
/// No variant quotes what the token said: a log is no place for it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum Refusal {
    #[error("no token was sent")]
    None,
    #[error("more than one Authorization header was sent")]
    SeveralHeaders,
    #[error("the Authorization header carries no bearer token")]
    NotBearer,
    #[error("the token is longer than {} bytes", token::MAX_TOKEN_BYTES)]
    TooLong,
    #[error("the token hasn't three parts")]
    NotThreeParts,
    #[error("a part of the token is no strict base64url")]
    NotBase64Url,
    #[error("the token's header is malformed: {0}")]
    Header(JsonFault),
    #[error("the token's header field `{0}` is not accepted")]
    HeaderField(&'static str),
    #[error("the token's claims are malformed: {0}")]
    Claims(JsonFault),
    #[error("the token's issuer is unknown")]
    UnknownIssuer,
    #[error("the token's algorithm is not its issuer's")]
    WrongAlgorithm,
    #[error("the token's key is unknown")]
    UnknownKey,
    #[error("the token's signature is wrong")]
    WrongSignature,
    #[error("the token is for another audience")]
    WrongAudience,
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid yet")]
    NotYetValid,
    #[error("the token lives too long")]
    LivesTooLong,
    #[error("the token's claim `{0}` is not acceptable")]
    Claim(&'static str),
}

impl Refusal {
    /// The same in one word, for metrics.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SeveralHeaders => "several_headers",
            Self::NotBearer => "not_bearer",
            Self::TooLong => "too_long",
            Self::NotThreeParts | Self::NotBase64Url | Self::Header(_) | Self::Claims(_) => "malformed",
            Self::HeaderField(_) => "header_field",
            Self::UnknownIssuer => "unknown_issuer",
            Self::WrongAlgorithm => "wrong_algorithm",
            Self::UnknownKey => "unknown_key",
            Self::WrongSignature => "wrong_signature",
            Self::WrongAudience => "wrong_audience",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::LivesTooLong => "lives_too_long",
            Self::Claim(_) => "claim",
        }
    }
}

/// Turns tokens into callers.
#[derive(Debug)]
pub(crate) struct Authenticator {
    keys: Arc<Keys>,
    cache: TokenCache,
    /// The generation of keys the cache was filled with.
    cached_generation: AtomicU64,
    clock: Clock,
    limits: Limits,
}

impl Authenticator {
    pub(crate) fn new(keys: Arc<Keys>, cache: TokenCache, clock: Clock, limits: Limits) -> Self {
        Self { keys, cache, cached_generation: AtomicU64::new(0), clock, limits }
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The caller behind a token that was verified before with the keys of today and is still good.
    pub(crate) fn remembered(&self, token: &str) -> Option<Arc<Verified>> {
        self.forget_after_a_change_of_keys();
        self.cache.get(token, self.keys.generation(), self.clock.now().timestamp())
    }

    /// The caller behind a token that nobody remembers.
    pub(crate) async fn authenticate(&self, token: &str) -> Result<Arc<Verified>, Refusal> {
        let now = self.clock.now();
        let unverified = UnverifiedToken::parse(token)?;
        let claims = Claims::parse(&unverified.payload)?;
        let issuer = self.keys.issuer(&claims.iss).ok_or(Refusal::UnknownIssuer)?;
        if unverified.algorithm != issuer.algorithm().name() {
            return Err(Refusal::WrongAlgorithm);
        }
        let judged = claims.judge(issuer.rules(), self.limits, now.timestamp())?;

        // The generation is read before the keys: an entry made with keys that were just replaced carries a number
        // that is no longer current, and is not used.
        let mut generation = self.keys.generation();
        let mut verdict =
            issuer.current().verifies(&unverified.key_id, unverified.signed_text, unverified.signature);
        if verdict.is_none() {
            self.keys.refresh_for_unknown_key(issuer).await;
            generation = self.keys.generation();
            verdict =
                issuer.current().verifies(&unverified.key_id, unverified.signed_text, unverified.signature);
        }
        match verdict {
            None => Err(Refusal::UnknownKey),
            Some(false) => Err(Refusal::WrongSignature),
            Some(true) => Ok(self.cache.insert(token, Verified::new(judged, generation))),
        }
    }

    /// Entries of old keys are never used again; this only gives their memory back.
    fn forget_after_a_change_of_keys(&self) {
        let generation = self.keys.generation();
        if self.cached_generation.load(Ordering::Relaxed) != generation
            && self.cached_generation.swap(generation, Ordering::Relaxed) != generation
        {
            self.cache.clear();
        }
    }
}
