//! 진행 클레임 비용 조회: what settling an open return, or inspecting an open exchange, would come to now. It changes nothing.

use commerce::{ClaimNo, OrderNo, Won};
use platform::identity::Caller;
use service_kit::error::Error;

use crate::refusals;
use crate::state::AppState;
use crate::store;
use crate::usecase::acceptance::quote::Preview;
use crate::usecase::collection::look::conflict;
use crate::usecase::collection::quote::quote_claim;
use crate::usecase::open_order::open_order;
use crate::usecase::policies;

/// Whose claim it is comes first: who may not see it does not learn whether there is one.
pub async fn quote_open_claim(
    state: &AppState,
    caller: &Caller,
    (order_no, claim_no): (&OrderNo, &ClaimNo),
    waived: Won,
) -> Result<Preview, Error> {
    let no = claim_no.clone();
    let head = state.db.read(move |conn| Ok::<_, Error>(store::claim::head::find(conn, &no)?)).await?;
    let head = head.filter(|head| head.order_no == *order_no);
    let head = head.ok_or_else(|| refusals::no_such_claim(caller))?;
    if !caller.may_see_order(&head.order_no, head.member_no.as_ref(), &head.site_no) {
        return Err(refusals::not_yours().into());
    }
    let opened = open_order(state, caller, order_no).await?;
    let claim = opened.claims.collections.iter().find(|claim| claim.claim_no == *claim_no);
    let claim = claim.filter(|claim| claim.is_open()).ok_or_else(conflict)?;
    let no = claim_no.clone();
    let (payments, policies) = state
        .db
        .snapshot(move |conn| {
            Ok::<_, Error>((store::collection::payment::find(conn, &no)?, policies::book(conn)?))
        })
        .await?;
    let order = &opened.pinned.order;
    let policy = policies.in_force_at(order.ordered_at());
    let at = (waived, state.clock.now());
    let quote = quote_claim((order, &opened.claims.history, policy), claim, &payments, at)?;
    Ok(Preview { quote, member_no: opened.member_no })
}
