//! The back door: what runs without a request.

pub mod counted_claims;
pub mod effects;
pub mod gauges;
pub mod messages;
pub mod older_goods;

use std::time::Duration;

use service_kit::outbox::worker::OutboxSettings;

/// Half of the lease, so that what came of an attempt is noted before anybody else may begin.
const fn patience(settings: &OutboxSettings) -> Duration {
    Duration::from_millis(settings.lease_seconds.saturating_mul(500))
}
