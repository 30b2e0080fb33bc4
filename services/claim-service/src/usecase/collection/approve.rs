//! 접수승인: an agent lets the collection begin, or changes how the goods come as long as it has not.

use commerce::{ClaimAct, CollectionMethod};
use db::DbConnection;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::moves::Moved;
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::read_copy;
use crate::usecase::collection::look::{Named, move_claim};
use crate::usecase::collection::notice::notify_collection;

/// 접수승인 요청
pub struct Approval {
    pub named: Named,
    /// 회수방법, where it is to be another one.
    pub method: Option<CollectionMethod>,
}

pub async fn approve<F>(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    approval: Approval,
    deadline: Instant,
    answer: F,
) -> Result<Answer, Error>
where
    F: Fn(&CollectionClaim) -> Result<Answer, Problem> + Send + 'static,
{
    let (now, holidays) = (state.clock.now(), state.settings.returns.holidays());
    let Approval { named, method } = approval;
    move_claim(state, caller, once, (named, ClaimAct::Approve), deadline, move |conn, claim| {
        let method = if is_never_collected(conn, claim)? { None } else { method };
        let stood_at = claim.standing.progress;
        if claim.approve(method, &holidays, now)? == Moved::Forward {
            store::collection::update(conn, claim)?;
            notify_collection(conn, now, claim, stood_at)?;
        }
        Ok(answer(claim)?)
    })
    .await
}

/// 회수 불가 상품: goods that are never collected come back by no other method, whatever is sent.
fn is_never_collected(conn: &mut DbConnection, claim: &CollectionClaim) -> Result<bool, Error> {
    if claim.method != CollectionMethod::NotCollected {
        return Ok(false);
    }
    let copy = store::order::copy::find(conn, &claim.order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    let order = read_copy(&copy)?.order;
    let is_collected = |line_seq: i32| order.line(line_seq).is_some_and(|line| line.is_collected);
    Ok(!claim.goods.iter().any(|goods| is_collected(goods.line_seq)))
}
