//! 처리 대기: the answer to a cancel waits for its end, as long as its deadline allows.

use commerce::{ClaimNo, ClaimStatus, OrderNo, Won};
use platform::error::Problem;
use service_kit::error::Error;
use tokio::time::Instant;

use crate::app::AppState;
use crate::domain::accepted_cancel::CancelUnderWay;
use crate::store;

/// 접수 결과
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOutcome {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub refund: Won,
    pub additional_payment: Won,
}

/// Where the claim stands at its end or at the deadline, whichever comes first.
///
/// An accepted claim goes on whatever happens here: a database that can't be read now only shortens the wait.
pub async fn await_cancel(
    state: &AppState,
    order_no: &OrderNo,
    claim_no: &ClaimNo,
    deadline: Instant,
) -> Result<CancelOutcome, Error> {
    let mut listener = state.progress.listen(order_no);
    let no = claim_no.clone();
    let accepted = state.db.read(move |conn| Ok::<_, Error>(store::cancel_claim::find(conn, &no)?)).await?;
    let Some(CancelUnderWay { accepted, mut status, .. }) = accepted else {
        return Err(Problem::internal("an accepted claim is not there").into());
    };
    while !status.is_final() && listener.wait(deadline).await {
        let no = claim_no.clone();
        let seen = state.db.read(move |conn| Ok::<_, Error>(store::cancel_claim::find_status(conn, &no)?)).await;
        match seen {
            Ok(seen) => status = seen.unwrap_or(status),
            Err(error) => {
                tracing::info!(%error, "how far a claim has come can't be read now");
                break;
            }
        }
    }
    Ok(CancelOutcome {
        claim_no: accepted.claim_no,
        status,
        refund: accepted.cost.refund,
        additional_payment: accepted.cost.additional_payment,
    })
}
