//! 고객 발송: the customer says by which parcel the goods come.

use commerce::ClaimAct;
use platform::answer::Answer;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::Invoice;
use crate::domain::collection::moves::Moved;
use crate::state::AppState;
use crate::store;
use crate::usecase::collection::look::{Named, move_claim};

pub async fn save_invoice(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, invoice): (Named, Invoice),
    deadline: Instant,
) -> Result<Answer, Error> {
    let now = state.clock.now();
    move_claim(state, caller, once, (named, ClaimAct::Invoice), deadline, move |conn, claim| {
        if claim.sent_by_customer(invoice.clone(), now)? == Moved::Forward {
            store::collection::update(conn, claim)?;
        }
        Ok(Answer::empty())
    })
    .await
}
