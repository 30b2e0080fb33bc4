//! Tells member-service of claims as they move.

use std::time::Duration;

use platform::metrics;
use platform::request_context::RequestContext;
use service_kit::error::Error;
use tokio_util::sync::CancellationToken;

use crate::state::AppState;
use crate::usecase::claim::tell::{Left, tell_claims, tell_standings};

/// As `aftercare_saga_steps` names it.
pub(super) const STEP: &str = "COUNT";
/// Between two batches others write.
const BETWEEN_BATCHES: Duration = Duration::from_millis(20);
/// So many times as long as usual it waits after a failure.
const AFTER_FAILURE: u32 = 5;

/// Every process tells. What two of them tell at once is told twice, which the receiver bears.
pub async fn tell_of_claims(state: AppState, stop: CancellationToken) {
    let settings = &state.settings.outbox;
    let pace = Duration::from_millis(settings.poll_ms);
    let (mut has_said_all, mut failures) = (false, 0_u32);
    loop {
        // What is cut short here is told again by whoever comes next.
        let told = tokio::select! {
            () = stop.cancelled() => return,
            told = RequestContext::new().scope(tell(&state, !has_said_all)) => told,
        };
        has_said_all |= matches!(told.0, Ok(Left::Nothing));
        let pause = match told.0.and_then(|counted| Ok((counted, told.1?))) {
            Ok(left) => {
                failures = 0;
                if left == (Left::Nothing, Left::Nothing) { pace } else { BETWEEN_BATCHES }
            }
            Err(error) => {
                failures = failures.saturating_add(1);
                tracing::warn!(%error, failures, "claims are told of in the next round");
                pace.saturating_mul(AFTER_FAILURE)
            }
        };
        let needs_attention = failures >= settings.attention_after;
        metrics::get().saga_steps(STEP, "needs_attention", u64::from(needs_attention));
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// What is counted, and where claims stand: neither waits for the other.
async fn tell(state: &AppState, says_nothing: bool) -> (Result<Left, Error>, Result<Left, Error>) {
    tokio::join!(tell_claims(state, says_nothing), tell_standings(state))
}
