//! 반려: an agent refuses what was asked for, or goods that have come back; nothing is settled.

use commerce::ClaimAct;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::{CollectionClaim, Rejection};
use crate::state::AppState;
use crate::usecase::collection::end::end;
use crate::usecase::collection::look::{Named, move_claim};

pub async fn reject<F>(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, rejection): (Named, Rejection),
    deadline: Instant,
    answer: F,
) -> Result<Answer, Error>
where
    F: Fn(&CollectionClaim) -> Result<Answer, Problem> + Send + 'static,
{
    let now = state.clock.now();
    move_claim(state, caller, once, (named, ClaimAct::Reject), deadline, move |conn, claim| {
        let why = claim.refused_as()?;
        claim.forget_inspection();
        end(conn, claim, (why, Some(rejection.clone())), now)?;
        Ok(answer(claim)?)
    })
    .await
}
