//! 교환출고·배송완료: what goes out in exchange leaves, and arrives.

use chrono::{DateTime, Utc};
use commerce::{ClaimAct, ClaimNo, OrderNo, ReturnProgress};
use db::DbConnection;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::moves::Moved;
use crate::domain::collection::{CollectionClaim, CollectionKind, Invoice};
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::read_copy;
use crate::usecase::collection::look::{Named, move_claim};
use crate::usecase::collection::notice::{Notice, notify};

/// 교환배송 상태
#[derive(Debug, Clone)]
pub struct Shipping {
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    /// Shipped or delivered.
    pub to: ReturnProgress,
    pub invoice: Option<Invoice>,
    pub at: DateTime<Utc>,
}

/// `answer` says where the claim stands then.
pub async fn ship(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    shipping: Shipping,
    deadline: Instant,
    answer: fn(&CollectionClaim, DateTime<Utc>) -> Result<Answer, Problem>,
) -> Result<Answer, Error> {
    let now = state.clock.now();
    let named = Named {
        order_no: shipping.order_no.clone(),
        claim_no: shipping.claim_no.clone(),
        kinds: &[CollectionKind::Exchange],
    };
    move_claim(state, caller, once, (named, ClaimAct::Ship), deadline, move |conn, claim| {
        let stood_at = claim.standing.progress;
        let needs_invoice = needs_invoice(conn, claim)?;
        let moved = claim.ship(shipping.to, shipping.invoice.clone(), shipping.at, needs_invoice, now)?;
        if moved == Moved::Forward {
            store::collection::update(conn, claim)?;
        }
        if claim.standing.progress != stood_at {
            let is_shipped = claim.standing.progress == ReturnProgress::Shipped;
            notify(conn, now, claim, if is_shipped { Notice::Shipped } else { Notice::Exchanged })?;
        }
        Ok(answer(claim, now)?)
    })
    .await
}

/// E-coupons go out without a parcel.
fn needs_invoice(conn: &mut DbConnection, claim: &CollectionClaim) -> Result<bool, Error> {
    let copy = store::order::copy::find(conn, &claim.order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    let order = read_copy(&copy)?.order;
    let is_e_coupon = |seq: i32| order.line(seq).is_some_and(|line| line.is_e_coupon);
    Ok(claim.goods.iter().any(|goods| !is_e_coupon(goods.line_seq)))
}
