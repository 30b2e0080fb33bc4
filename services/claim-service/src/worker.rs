//! The back door: what runs without a request.

mod cancel_runs;
mod claim_effects;
mod claim_gauges;
mod imported_claims;
mod option_changes;
mod rejections;

pub use cancel_runs::CancelRuns;
pub use claim_effects::ClaimEffects;
pub use claim_gauges::count_claims;
pub use imported_claims::ImportedClaims;
pub use option_changes::OptionChanges;
pub use rejections::Rejections;

use std::time::Duration;

use commerce::ClaimNo;
use db::outbox::Message;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox_worker::{Failure, OutboxSettings};

/// Half of the lease, so that what came of an attempt is noted before anybody else may begin.
const fn patience(settings: &OutboxSettings) -> Duration {
    Duration::from_millis(settings.lease_seconds.saturating_mul(500))
}

/// The claim a message is about.
fn claim_no_of(message: &Message) -> Result<ClaimNo, Failure> {
    ClaimNo::parse(&message.payload)
        .map_err(|_| Failure::NeedsAttention("the message names no claim".to_owned()))
}

/// A database that is down may be up later; what we can't read ourselves needs a look.
fn failure_of(error: Error) -> Failure {
    match error {
        Error::Database(error) => error.into(),
        Error::Sister(error) => error.into(),
        Error::Refused(Problem { code, source, .. }) => {
            let why = source.map_or_else(String::new, |source| format!(": {source}"));
            Failure::NeedsAttention(format!("{code}{why}"))
        }
    }
}
