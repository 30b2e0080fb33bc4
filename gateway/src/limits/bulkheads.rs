//! How much is under way at once: beyond it a request is refused at once instead of waiting in a queue.
//!
//! Each service has its own share, so that one that hangs can't take the places of the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::operations::Upstream;

use crate::per_service::PerService;
use crate::settings::LimitSettings;

#[derive(Debug)]
pub(crate) struct Bulkheads {
    all: Gauge,
    services: PerService<Gauge>,
    body_bytes: Gauge,
}

/// A number that never passes its limit.
#[derive(Debug)]
struct Gauge {
    taken: AtomicUsize,
    limit: usize,
}

/// Room for one request at a service, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    bulkheads: Arc<Bulkheads>,
    upstream: Upstream,
}

/// Memory for a body, until it is dropped.
#[derive(Debug)]
pub(crate) struct HeldBytes {
    bulkheads: Arc<Bulkheads>,
    bytes: usize,
}

impl Gauge {
    fn new(limit: usize) -> Self {
        Self { taken: AtomicUsize::new(0), limit }
    }

    fn take(&self, count: usize) -> bool {
        let before = self.taken.fetch_add(count, Ordering::Relaxed);
        let fits = before.saturating_add(count) <= self.limit;
        if !fits {
            self.give_back(count);
        }
        fits
    }

    fn give_back(&self, count: usize) {
        self.taken.fetch_sub(count, Ordering::Relaxed);
    }

    fn is_full(&self) -> bool {
        self.taken.load(Ordering::Relaxed) >= self.limit
    }
}

impl Bulkheads {
    pub(crate) fn new(limits: &LimitSettings) -> Self {
        Self {
            all: Gauge::new(limits.in_flight),
            services: PerService::new(|_| Gauge::new(limits.in_flight_per_service)),
            body_bytes: Gauge::new(limits.body_memory_bytes),
        }
    }

    /// Whether a request needs not even be received.
    pub(crate) fn is_full(&self, upstream: Upstream) -> bool {
        self.all.is_full() || self.services[upstream].is_full()
    }

    pub(crate) fn enter(self: &Arc<Self>, upstream: Upstream) -> Option<Place> {
        if !self.all.take(1) {
            return None;
        }
        if !self.services[upstream].take(1) {
            self.all.give_back(1);
            return None;
        }
        Some(Place { bulkheads: Arc::clone(self), upstream })
    }

    pub(crate) fn hold_nothing(self: &Arc<Self>) -> HeldBytes {
        HeldBytes { bulkheads: Arc::clone(self), bytes: 0 }
    }
}

impl HeldBytes {
    /// Takes memory for more, or says that there is none.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        let fits = self.bulkheads.body_bytes.take(bytes);
        if fits {
            self.bytes += bytes;
        }
        fits
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.bulkheads.services[self.upstream].give_back(1);
        self.bulkheads.all.give_back(1);
    }
}

impl Drop for HeldBytes {
    fn drop(&mut self) {
        self.bulkheads.body_bytes.give_back(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::settings_with;

    fn bulkheads(all: &str, per_service: &str) -> Arc<Bulkheads> {
        let settings = settings_with(&[
            ("GATEWAY_LIMITS__IN_FLIGHT", all),
            ("GATEWAY_LIMITS__IN_FLIGHT_PER_SERVICE", per_service),
            ("GATEWAY_LIMITS__BODY_MEMORY_BYTES", "100"),
        ]);
        Arc::new(Bulkheads::new(&settings.limits))
    }

    #[test]
    fn a_full_service_leaves_room_for_the_others() {
        let bulkheads = bulkheads("5", "2");
        let hanging: Vec<_> = (0..4).map(|_| bulkheads.enter(Upstream::Claim)).collect();
        assert_eq!(hanging.iter().flatten().count(), 2);
        assert!(bulkheads.is_full(Upstream::Claim) && !bulkheads.is_full(Upstream::Member));
        assert!(bulkheads.enter(Upstream::Member).is_some());
        drop(hanging);
        assert!(bulkheads.enter(Upstream::Claim).is_some());
    }

    #[test]
    fn all_together_have_a_limit_too() {
        let bulkheads = bulkheads("3", "2");
        let places: Vec<_> = Upstream::ALL.iter().filter_map(|service| bulkheads.enter(*service)).collect();
        assert_eq!(places.len(), 3);
        drop(places);
        assert!(!bulkheads.is_full(Upstream::Member));
    }

    #[test]
    fn bodies_share_one_memory() {
        let bulkheads = bulkheads("3", "2");
        let (mut one, mut other) = (bulkheads.hold_nothing(), bulkheads.hold_nothing());
        assert!(one.grow(60) && other.grow(40) && !other.grow(1));
        drop(one);
        assert!(other.grow(60) && !other.grow(1));
    }
}
