//! What sisters hear of a claim beside its effects: a rejection goes to the customer, a completed import to its order.

use commerce::{ClaimNo, Won, Yn};
use dto::internal::{Decided, OrderClaim, OrderClaimLine};
use platform::error::Problem;
use service_kit::error::Error;

use crate::app::AppState;
use crate::store;
use crate::store::imported_claim::KnownClaim;

use super::notices;

/// 클레임 거절 안내, once per key.
pub async fn tell_rejection(state: &AppState, claim_no: &ClaimNo, key: &str) -> Result<(), Error> {
    let no = claim_no.clone();
    let cancel = state.db.read(move |conn| Ok::<_, Error>(store::cancel_claim::find(conn, &no)?)).await?;
    let cancel = cancel.ok_or_else(|| Problem::internal("a rejected claim is not there"))?;
    Ok(state.clients.member.notify(&notices::rejected(key, &cancel.accepted)).await?)
}

/// 수신클레임 반영: the order takes out the units of a claim another system has completed, wherever its lines stand.
pub async fn tell_imported_claim(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let known = state
        .db
        .read(move |conn| {
            Ok::<_, Error>(store::imported_claim::find(conn, std::slice::from_ref(&no))?.remove(&no))
        })
        .await?;
    let Some(KnownClaim::Imported(imported)) = known else {
        return Err(Problem::internal("an imported claim is not there").into());
    };
    let lines = imported.lines.iter();
    let claim = OrderClaim {
        claim_no: imported.number.clone(),
        claim_business_type: imported.claim_type,
        rcv_yn: Yn::Yes,
        pay_wait_yn: Yn::No,
        line_list: lines
            .map(|line| OrderClaimLine {
                ord_seq: line.line_seq,
                claim_qty: line.quantity,
                rvk_dc_amt: Won::ZERO,
            })
            .collect(),
    };
    match state.clients.member.take_claim(&imported.order_no, &claim).await? {
        Decided::Confirmed => Ok(()),
        Decided::Rejected => Err(Problem::internal("the order does not take an imported claim").into()),
    }
}
