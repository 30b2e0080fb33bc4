//! 철회: the customer wants it no longer, or an agent takes it back; nothing is settled.

use commerce::claimable::reason::Asker;
use commerce::{ClaimAct, EndReason};
use platform::answer::Answer;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::state::AppState;
use crate::usecase::collection::end::end;
use crate::usecase::collection::look::{Named, move_claim};

pub async fn withdraw(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, asker): (Named, Asker),
    deadline: Instant,
) -> Result<Answer, Error> {
    let now = state.clock.now();
    let why = match asker {
        Asker::Customer => EndReason::WithdrawnByCustomer,
        Asker::Agent => EndReason::WithdrawnByAgent,
    };
    move_claim(state, caller, once, (named, ClaimAct::Withdraw), deadline, move |conn, claim| {
        claim.forget_inspection();
        end(conn, claim, (why, None), now)?;
        Ok(Answer::empty())
    })
    .await
}
