//! 회수완료보류: goods are here, and something about them is unclear.

use commerce::ClaimAct;
use platform::answer::Answer;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::moves::Moved;
use crate::state::AppState;
use crate::store;
use crate::usecase::collection::look::{Named, move_claim};

pub async fn hold(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, cause): (Named, String),
    deadline: Instant,
) -> Result<Answer, Error> {
    let now = state.clock.now();
    move_claim(state, caller, once, (named, ClaimAct::Hold), deadline, move |conn, claim| {
        if claim.hold(Some(cause.clone()), now)? == Moved::Forward {
            store::collection::update(conn, claim)?;
        }
        Ok(Answer::empty())
    })
    .await
}
