//! Tells member-service of claims as they move.

use std::time::Duration;

use platform::metrics;
use platform::request_context::RequestContext;
use tokio_util::sync::CancellationToken;

use crate::state::AppState;
use crate::usecase::claim::tell::{Left, tell_claims};

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
            told = RequestContext::new().scope(tell_claims(&state, !has_said_all)) => told,
        };
        let pause = match told {
            Ok(left) => {
                failures = 0;
                has_said_all |= left == Left::Nothing;
                if left == Left::Nothing { pace } else { BETWEEN_BATCHES }
            }
            Err(error) => {
                failures = failures.saturating_add(1);
                tracing::warn!(%error, failures, "claims that count are told of in the next round");
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
