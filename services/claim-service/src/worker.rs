//! The back door: what runs without a request.

mod claim_effects;
mod claim_gauges;
mod imported_claims;
mod option_changes;
mod rejections;

pub use claim_effects::ClaimEffects;
pub use claim_gauges::count_claims;
pub use imported_claims::ImportedClaims;
pub use option_changes::OptionChanges;
pub use rejections::Rejections;

use commerce::ClaimNo;
use db::outbox::Message;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox_worker::Failure;

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
