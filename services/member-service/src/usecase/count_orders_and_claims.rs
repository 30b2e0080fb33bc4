//! 주문/배송 클레임 건수: what keeps a member busy with us, for its page and before it quits.

use chrono::{DateTime, Utc};
use commerce::{MemberNo, SiteNo};
use db::{Db, DbError};
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::order_windows::{Purpose, counts_from};
use crate::state::AppState;
use crate::store::order_summary;
use crate::usecase::claim_days::find_return_days;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub orders: i32,
    pub claims: i32,
}

pub async fn count_orders_and_claims(
    state: &AppState,
    member_no: MemberNo,
    site_no: SiteNo,
    purpose: Purpose,
) -> Result<Counts, Error> {
    match purpose {
        Purpose::MyPage => count_for_page(state, member_no, site_no).await,
        Purpose::Quit => count_before_quitting(state, member_no, site_no).await,
    }
}

/// All of it is here, as far as claim-service has told of its claims; until it has told of all of them it is asked.
async fn count_for_page(state: &AppState, member_no: MemberNo, site_no: SiteNo) -> Result<Counts, Error> {
    let now = state.clock.now();
    let windows = state.settings.orders.page_windows();
    let delivered_from = counts_from(now, windows.order_days);
    let completed_from = counts_from(now, windows.claim_days);
    let (member, site) = (member_no.clone(), site_no.clone());
    let count =
        move |conn: &mut _| order_summary::count_page(conn, &member, &site, delivered_from, completed_from);
    let counted = state.db.read(move |conn| Ok::<_, Error>(count(conn)?)).await?;
    let claims = match counted.claims {
        Some(claims) => i32::try_from(claims).map_err(Problem::internal)?,
        None => {
            let claim_service = &state.clients.claim;
            claim_service.count(&member_no, &site_no, Purpose::MyPage, Some(completed_from)).await?
        }
    };
    Ok(Counts { orders: i32::try_from(counted.orders).map_err(Problem::internal)?, claims })
}

/// Whether a member may leave is never said too early: claim-service is asked for the claims, at the same time.
async fn count_before_quitting(
    state: &AppState,
    member_no: MemberNo,
    site_no: SiteNo,
) -> Result<Counts, Error> {
    let now = state.clock.now();
    let claims = state.clients.claim.count(&member_no, &site_no, Purpose::Quit, None);
    let orders = count_orders_within_claim_days(&state.db, member_no.clone(), site_no.clone(), now);
    let (orders, claims) = tokio::join!(orders, claims);
    Ok(Counts { orders: i32::try_from(orders?).map_err(Problem::internal)?, claims: claims? })
}

/// The length of this window is a row that operators change.
async fn count_orders_within_claim_days(
    db: &Db,
    member_no: MemberNo,
    site_no: SiteNo,
    now: DateTime<Utc>,
) -> Result<i64, DbError> {
    db.read(move |conn| {
        let days = find_return_days(conn)?;
        Ok(order_summary::count_live(conn, &member_no, &site_no, counts_from(now, days))?)
    })
    .await
}
