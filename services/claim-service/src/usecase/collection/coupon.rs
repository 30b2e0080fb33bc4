//! 무료반품쿠폰: whoever keeps it says whether it is the claim's. Until then the claim is undecided.

use commerce::{ClaimNo, EndReason};
use service_kit::error::Error;

use crate::state::AppState;
use crate::state::progress::Moved;
use crate::store;
use crate::usecase::collection::end::end;
use crate::usecase::collection::notice::{Notice, notify};

/// Names the hold at promotion-service, which keeps a coupon once per name.
pub fn hold_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:COUPON:hold")
}

/// Asks as often as it takes, and goes on with the claim: it is the claim's, or the claim ends and nothing else has happened.
pub async fn hold_coupon(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let found = state.db.snapshot(move |conn| Ok::<_, Error>(store::collection::find(conn, &no)?)).await?;
    let Some(claim) = found.filter(|claim| claim.is_undecided() && claim.standing.final_at.is_none()) else {
        return Ok(());
    };
    let Some(coupon) = &claim.free_return_coupon else { return Ok(()) };
    let is_held = state.clients.promotion.hold_coupon(&hold_key(claim_no), &claim, &coupon.coupon_no).await?;
    let (no, order_no, now) = (claim_no.clone(), claim.order_no.clone(), state.clock.now());
    let returns = state.settings.returns.clone();
    let status = state
        .db
        .write(move |conn| {
            store::order::copy::lock_one(conn, &claim.order_no)?;
            let Some(mut claim) = store::collection::lock(conn, &no)? else { return Ok(None) };
            if !claim.is_undecided() || claim.standing.final_at.is_some() {
                return Ok(None);
            }
            claim.standing.decision = None;
            if is_held {
                if returns.auto_approve {
                    claim.instruct(&returns.holidays(), now);
                }
                store::collection::update(conn, &claim)?;
                notify(conn, now, &claim, Notice::Received)?;
            } else {
                // It never was this claim's, so there is none to give back.
                claim.free_return_coupon = None;
                end(conn, &mut claim, (EndReason::RefusedAtRequest, None), now)?;
            }
            Ok::<_, Error>(Some(claim.standing.status))
        })
        .await?;
    if let Some(status) = status {
        state.progress.tell(&order_no, Moved { claim_no: claim_no.clone(), status });
        state.bell.ring();
    }
    Ok(())
}
