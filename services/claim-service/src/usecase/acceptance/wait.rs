//! 처리 대기: for a claim that is undecided, and for the end of one that was accepted.

use commerce::{ClaimNo, ClaimStatus};
use service_kit::error::Error;
use tokio::time::Instant;

use crate::state::AppState;
use crate::state::progress::{Heard, Listener};
use crate::store;
use crate::usecase::acceptance::{Accepted, Claiming, in_progress};

/// A look without a lock: as long as another claim of the order is undecided, a transaction would be in vain.
pub(super) async fn wait_for_the_other<C: Claiming>(
    state: &AppState,
    claiming: &C,
    listener: &mut Listener,
    deadline: Instant,
) -> Result<(), Error> {
    loop {
        if !listener.waited(deadline).await {
            return Err(in_progress());
        }
        let (order_no, once) = (claiming.order_no().clone(), claiming.once().clone());
        let may_be_decided = state
            .db
            .read(move |conn| {
                let is_known = match once.identity() {
                    Some(key) => store::claim::key::find(conn, key)?.is_some(),
                    None => false,
                };
                Ok::<_, Error>(is_known || !store::claim::standing::has_undecided(conn, &order_no)?)
            })
            .await?;
        if may_be_decided {
            return Ok(());
        }
    }
}

/// Where the claim stands at its end or at the deadline, whichever comes first.
///
/// An accepted claim goes on whatever happens here: a database that can't be read now only shortens the wait.
pub async fn wait_for_its_end<T>(
    state: &AppState,
    mut accepted: Accepted<T>,
    mut listener: Listener,
    deadline: Instant,
) -> Accepted<T> {
    while !accepted.status.is_final() {
        match listener.wait(deadline).await {
            Heard::TooLate => break,
            Heard::Moved(moved) if moved.claim_no == accepted.claim_no => accepted.status = moved.status,
            // Another replica may carry it out, or another claim have moved in between.
            Heard::Moved(_) | Heard::Silence => match find_status(state, &accepted.claim_no).await {
                Ok(seen) => accepted.status = seen.unwrap_or(accepted.status),
                Err(error) => {
                    tracing::info!(%error, "how far a claim has come can't be read now");
                    break;
                }
            },
        }
    }
    accepted
}

async fn find_status(state: &AppState, claim_no: &ClaimNo) -> Result<Option<ClaimStatus>, Error> {
    let no = claim_no.clone();
    state.db.read(move |conn| Ok::<_, Error>(store::claim::standing::find_status(conn, &no)?)).await
}
