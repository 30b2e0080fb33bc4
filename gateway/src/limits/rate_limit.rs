//! How often one caller may call, in all and for one operation, and how often an address may try bad tokens.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use contract::operations::{self, Operation};
use platform::household;
use quick_cache::sync::Cache;

use crate::settings::{Quota, Settings};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");
const NANOS: u64 = 1_000_000_000;

/// Who a request is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CallerKey {
    /// The subject of a token, with its issuer and roles.
    Token(u64),
    Address(IpAddr),
}

impl CallerKey {
    /// What is counted is the household.
    pub(crate) fn of_address(address: IpAddr) -> Self {
        Self::Address(household::first_address(address))
    }
}

/// What a caller is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Everything,
    Operation(&'static str),
    FailedTokens,
}

/// What an answer says about a quota: what is left of it, and when it is whole again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    quota: Quota,
    remaining: u64,
    whole_in_s: u64,
}

/// The quotas a request was counted against.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    caller: Option<State>,
    operation: Option<State>,
    failed_tokens: Option<State>,
}

/// The quota is used up; the next request may come in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UsedUp {
    pub(crate) retry_after_s: u32,
    state: State,
}

/// All counters. Their number is bounded: whoever was quiet longest makes room, and begins anew.
#[derive(Debug)]
pub(crate) struct RateLimit {
    /// When a caller's bucket will be full again, in nanoseconds since `began`.
    full_at: Cache<(CallerKey, Scope), Arc<AtomicU64>>,
    began: Instant,
    caller: Option<Quota>,
    operations: Vec<(&'static str, Quota)>,
    failed_tokens: Option<Quota>,
}

impl RateLimit {
    /// Takes settings that were checked.
    pub(crate) fn new(settings: &Settings) -> Self {
        let quota = |per_second, burst| (per_second > 0).then_some(Quota { per_second, burst });
        let caller = quota(settings.rate_limit, settings.rate_burst);
        let rates = &settings.rates;
        // Who switches the limit of callers off has no use for finer ones.
        let named = rates.operations.iter().filter(|_| caller.is_some());
        let operations = named
            .filter_map(|(name, quota)| {
                let is_named = |operation: &&Operation| operation.id.eq_ignore_ascii_case(name);
                operations::all().find(is_named).map(|operation| (operation.id, *quota))
            })
            .filter(|(_, quota)| quota.per_second > 0)
            .collect();
        Self {
            full_at: Cache::new(rates.counters),
            began: Instant::now(),
            caller,
            operations,
            failed_tokens: quota(rates.failed_tokens_per_second, rates.failed_tokens_burst),
        }
    }

    /// Counts a request, for its caller and for what it asks.
    pub(crate) fn count(
        &self,
        key: CallerKey,
        operation: &Operation,
        counted: &mut Counted,
    ) -> Result<(), UsedUp> {
        self.count_caller(key, counted)?;
        if let Some((id, quota)) = self.operations.iter().find(|(id, _)| *id == operation.id) {
            let result = self.take(key, Scope::Operation(id), *quota, self.now());
            counted.operation = Some(result.unwrap_or_else(|used_up| used_up.state));
            result?;
        }
        Ok(())
    }

    /// Counts a request for its caller alone.
    pub(crate) fn count_caller(&self, key: CallerKey, counted: &mut Counted) -> Result<(), UsedUp> {
        if let Some(quota) = self.caller {
            let result = self.take(key, Scope::Everything, quota, self.now());
            counted.caller = Some(result.unwrap_or_else(|used_up| used_up.state));
            result?;
        }
        Ok(())
    }

    /// Refuses an address that has tried too many bad tokens, before another is judged for it.
    pub(crate) fn check_failed_tokens(&self, key: CallerKey, counted: &mut Counted) -> Result<(), UsedUp> {
        let Some(quota) = self.failed_tokens else { return Ok(()) };
        let Some(full_at) = self.full_at.get(&(key, Scope::FailedTokens)) else { return Ok(()) };
        match quota.after(full_at.load(Ordering::Relaxed), self.now()) {
            Ok(_) => Ok(()),
            Err(used_up) => {
                counted.failed_tokens = Some(used_up.state);
                Err(used_up)
            }
        }
    }

    pub(crate) fn count_failed_token(&self, key: CallerKey) {
        if let Some(quota) = self.failed_tokens {
            // That nothing is left is told with the next token.
            let _ = self.take(key, Scope::FailedTokens, quota, self.now());
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn take(&self, key: CallerKey, scope: Scope, quota: Quota, now: u64) -> Result<State, UsedUp> {
        let full_at = match self.full_at.get(&(key, scope)) {
            Some(full_at) => full_at,
            None => {
                let fresh = Arc::new(AtomicU64::new(0));
                self.full_at.insert((key, scope), Arc::clone(&fresh));
                fresh
            }
        };
        let mut seen = full_at.load(Ordering::Relaxed);
        loop {
            let (next, state) = quota.after(seen, now)?;
            match full_at.compare_exchange_weak(seen, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Ok(state),
                Err(newer) => seen = newer,
            }
        }
    }

    #[cfg(test)]
    fn counters(&self) -> usize {
        self.full_at.len()
    }
}

impl Quota {
    /// Takes one request out of a bucket that would be full at `full_at`: when it will be full then, and what is left.
    fn after(self, full_at: u64, now: u64) -> Result<(u64, State), UsedUp> {
        let one = NANOS / u64::from(self.per_second.max(1));
        let whole = one.saturating_mul(self.burst.max(1).into());
        let next = full_at.max(now).saturating_add(one);
        let owed = next.saturating_sub(now);
        let state = |owed: u64| State {
            quota: self,
            remaining: whole.saturating_sub(owed) / one.max(1),
            whole_in_s: owed.div_ceil(NANOS),
        };
        if owed > whole {
            let wait = owed.saturating_sub(whole).div_ceil(NANOS).max(1);
            let retry_after_s = u32::try_from(wait).unwrap_or(u32::MAX);
            return Err(UsedUp { retry_after_s, state: state(owed.saturating_sub(one)) });
        }
        Ok((next, state(owed)))
    }

    /// How long an unused quota takes to be whole again.
    fn window_s(self) -> u32 {
        self.burst.div_ceil(self.per_second.max(1)).max(1)
    }
}

impl Counted {
    /// Tells the caller in the terms of the IETF's draft on rate limit headers.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let named =
            [("caller", self.caller), ("operation", self.operation), ("failed-tokens", self.failed_tokens)];
        let (mut policy, mut left) = (String::new(), String::new());
        for (name, state) in named {
            let Some(State { quota, remaining, whole_in_s }) = state else { continue };
            let comma = if policy.is_empty() { "" } else { ", " };
            policy.push_str(&format!("{comma}\"{name}\";q={};w={}", quota.burst, quota.window_s()));
            left.push_str(&format!("{comma}\"{name}\";r={remaining};t={whole_in_s}"));
        }
        if policy.is_empty() {
            return;
        }
        for (name, text) in [(POLICY, policy), (STATE, left)] {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
