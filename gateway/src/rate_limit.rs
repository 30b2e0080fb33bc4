//! How often one caller may call.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::task::JoinHandle;

/// Callers that were quiet long enough to have their full burst again are forgotten this often.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// Who a request is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CallerKey {
    /// The subject of a token, with its issuer and roles.
    Token(u64),
    Address(IpAddr),
}

impl CallerKey {
    /// One household has a whole /64 of IPv6 addresses to choose from, so that is what is counted.
    pub(crate) fn of_address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 => v4,
        })
    }
}

#[derive(Debug)]
pub(crate) struct RateLimit {
    limiter: DefaultKeyedRateLimiter<CallerKey>,
    clock: DefaultClock,
}

impl RateLimit {
    /// None when the limit is switched off.
    pub(crate) fn new(per_second: u32, burst: u32) -> Option<Self> {
        let per_second = NonZeroU32::new(per_second)?;
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        Some(Self {
            limiter: RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst)),
            clock: DefaultClock::default(),
        })
    }

    /// Counts a request, or says in how many seconds the next may come.
    pub(crate) fn check(&self, key: CallerKey) -> Result<(), u32> {
        self.limiter.check_key(&key).map_err(|refusal| {
            let wait = refusal.wait_time_from(self.clock.now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }

    /// Forgets quiet callers until the returned sweep is dropped.
    pub(crate) fn keep_small(self: &Arc<Self>) -> Sweep {
        let limit = Arc::clone(self);
        Sweep(tokio::spawn(async move {
            loop {
                tokio::time::sleep(SWEEP_EVERY).await;
                limit.limiter.retain_recent();
                limit.limiter.shrink_to_fit();
            }
        }))
    }
}

/// Keeps the sweeping alive; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Sweep(JoinHandle<()>);

impl Drop for Sweep {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_that_used_its_burst_waits_and_others_do_not() {
        let limit = RateLimit::new(1, 3).unwrap();
        for _ in 0..3 {
            assert_eq!(limit.check(CallerKey::Token(1)), Ok(()));
        }
        assert_eq!(limit.check(CallerKey::Token(1)), Err(1));
        assert_eq!(limit.check(CallerKey::Token(2)), Ok(()));
        assert!(RateLimit::new(0, 400).is_none());
    }

    #[test]
    fn addresses_of_one_network_are_one_caller() {
        let key = |text: &str| CallerKey::of_address(text.parse().unwrap());
        assert_eq!(key("2001:db8::1"), key("2001:db8::ffff:1"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
