//! 처리 대기: the answer to a cancel waits for its end, as long as its deadline allows.

use commerce::{ClaimNo, ClaimStatus, Won};
use service_kit::error::Error;
use tokio::time::Instant;

use crate::app::AppState;
use crate::domain::accepted_cancel::AcceptedCancel;
use crate::store;

use super::progress::{Heard, Listener};

/// 접수 결과
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOutcome {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub refund: Won,
    pub additional_payment: Won,
}

impl CancelOutcome {
    /// Accepted, and nothing has come of it yet.
    pub(super) fn at_first(accepted: &AcceptedCancel) -> Self {
        Self {
            claim_no: accepted.claim_no.clone(),
            status: ClaimStatus::InProgress,
            refund: accepted.cost.refund,
            additional_payment: accepted.cost.additional_payment,
        }
    }
}

/// Where the claim stands at its end or at the deadline, whichever comes first.
///
/// An accepted claim goes on whatever happens here: a database that can't be read now only shortens the wait.
pub async fn await_cancel(
    state: &AppState,
    mut outcome: CancelOutcome,
    mut listener: Listener,
    deadline: Instant,
) -> CancelOutcome {
    while !outcome.status.is_final() {
        match listener.wait(deadline).await {
            Heard::TooLate => break,
            Heard::Moved(moved) if moved.claim_no == outcome.claim_no => outcome.status = moved.status,
            // Another replica may carry it out, or another claim have moved in between.
            Heard::Moved(_) | Heard::Silence => match find_status(state, &outcome.claim_no).await {
                Ok(seen) => outcome.status = seen.unwrap_or(outcome.status),
                Err(error) => {
                    tracing::info!(%error, "how far a claim has come can't be read now");
                    break;
                }
            },
        }
    }
    outcome
}

async fn find_status(state: &AppState, claim_no: &ClaimNo) -> Result<Option<ClaimStatus>, Error> {
    let no = claim_no.clone();
    state.db.read(move |conn| Ok::<_, Error>(store::cancel_claim::find_status(conn, &no)?)).await
}
