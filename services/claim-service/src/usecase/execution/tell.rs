//! What others hear of a claim beside its effects: a rejection goes to the customer, and what was paid in addition to the
//! keeper of all payments.

use commerce::{ClaimNo, OrderNo};
use platform::error::Problem;
use service_kit::error::Error;

use crate::clients::member::PaymentHold;
use crate::state::AppState;
use crate::store;

/// 클레임 거절 안내, once per key.
pub async fn tell_rejection(state: &AppState, claim_no: &ClaimNo, key: &str) -> Result<(), Error> {
    let no = claim_no.clone();
    let claim = state.db.read(move |conn| Ok::<_, Error>(store::claim::accepted::find(conn, &no)?)).await?;
    let claim = claim.ok_or_else(|| Problem::internal("a rejected claim is not there"))?;
    Ok(state.clients.member.tell_rejection(key, &claim.accepted).await?)
}

/// 추가결제 등록: the payments for a claim are held for good. One that has paid for something else before was accepted by a
/// release that did not ask; nobody can undo it here, so it is written down and said.
pub async fn tell_additional_payment(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let (of_cancel, in_advance) = state
        .db
        .snapshot(move |conn| {
            let of_cancel = store::claim::additional_payment::find(conn, &no)?;
            let head = store::claim::head::find(conn, &no)?;
            let in_advance = store::collection::payment::find(conn, &no)?;
            let order_no = head.map(|head| head.order_no);
            Ok::<_, Error>((of_cancel, order_no.map(|order_no| (order_no, in_advance))))
        })
        .await?;
    if let Some(payment) = of_cancel {
        let other = hold_for_good(state, claim_no, (&payment.order_no, &payment.provider_key)).await?;
        let Some(other) = other else { return Ok(()) };
        let no = claim_no.clone();
        let note = store::claim::additional_payment::note_other_order;
        state.db.write(move |conn| Ok::<_, Error>(note(conn, &no, &other)?)).await?;
        return Ok(());
    }
    let (order_no, in_advance) = in_advance
        .filter(|(_, paid)| !paid.is_empty())
        .ok_or_else(|| Problem::internal("a claim with an additional payment is not there"))?;
    for paid in in_advance {
        let other = hold_for_good(state, claim_no, (&order_no, &paid.provider_key)).await?;
        let Some(other) = other else { continue };
        let note = store::collection::payment::note_other_order;
        state.db.write(move |conn| Ok::<_, Error>(note(conn, &paid.payment_no, &other)?)).await?;
    }
    Ok(())
}

/// Says what else it has paid for, if anything.
async fn hold_for_good(
    state: &AppState,
    claim_no: &ClaimNo,
    (order_no, provider_key): (&OrderNo, &str),
) -> Result<Option<OrderNo>, Error> {
    let held = state.clients.member.hold_payment(order_no, provider_key, None).await?;
    let PaymentHold::PaidFor(other) = held else { return Ok(None) };
    tracing::error!(
        claim.no = claim_no.as_str(),
        order.no = other.as_str(),
        "the additional payment of a claim has paid for another order, or a claim of it"
    );
    Ok(Some(other))
}
