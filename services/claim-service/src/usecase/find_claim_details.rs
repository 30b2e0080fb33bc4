//! 클레임 상세: a claim as it was accepted, and how far it has come.

use commerce::{ClaimNo, OrderNo};
use dto::order::DeliveryAddress;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::app::AppState;
use crate::domain::accepted_cancel::CancelUnderWay;
use crate::domain::cancel_saga::CancelSaga;
use crate::refusals;
use crate::store;
use crate::store::claim::ClaimHead;

pub struct FoundDetails {
    pub head: ClaimHead,
    /// None of a claim without a cost: one another system took, or an option change.
    pub cancel: Option<(CancelUnderWay, CancelSaga)>,
    /// As the order shows them now.
    pub addresses: Vec<DeliveryAddress>,
}

/// Whose claim it is comes first: who may not see it does not learn whether there is one.
pub async fn find_claim_details(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    claim_no: &ClaimNo,
) -> Result<FoundDetails, Error> {
    let no = claim_no.clone();
    let found = state
        .db
        .snapshot(move |conn| {
            let Some(head) = store::claim::find(conn, &no)? else { return Ok(None) };
            let tasks = store::claim_task::find(conn, &no)?;
            let cancel = store::cancel_claim::find(conn, &no)?.map(|cancel| {
                let saga = cancel.saga(tasks);
                (cancel, saga)
            });
            Ok::<_, Error>(Some((head, cancel)))
        })
        .await?;
    let found = found.filter(|(head, _)| head.order_no == *order_no);
    let (head, cancel) = found.ok_or_else(|| refusals::no_such_claim(caller))?;
    if !caller.may_see_order(&head.order_no, head.member_no.as_ref(), &head.site_no) {
        return Err(refusals::not_yours().into());
    }
    let order = state.clients.member.order(order_no).await?;
    let addresses = order.map(|order| order.addresses).unwrap_or_default();
    Ok(FoundDetails { head, cancel, addresses })
}
