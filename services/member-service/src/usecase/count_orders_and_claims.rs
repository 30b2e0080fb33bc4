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

/// Orders are counted here and claims by claim-service, both at once.
pub async fn count_orders_and_claims(
    state: &AppState,
    member_no: MemberNo,
    site_no: SiteNo,
    purpose: Purpose,
) -> Result<Counts, Error> {
    let now = state.clock.now();
    let windows = state.settings.orders.page_windows();
    let claims_completed_from = match purpose {
        Purpose::MyPage => Some(counts_from(now, windows.claim_days)),
        Purpose::Quit => None,
    };
    let claims = state.clients.claim.count(&member_no, &site_no, purpose, claims_completed_from);
    let orders = async {
        match purpose {
            Purpose::MyPage => {
                let delivered_from = counts_from(now, windows.order_days);
                count_orders(&state.db, member_no.clone(), site_no.clone(), delivered_from).await
            }
            Purpose::Quit => {
                count_orders_within_claim_days(&state.db, member_no.clone(), site_no.clone(), now).await
            }
        }
    };
    let (orders, claims) = tokio::join!(orders, claims);
    let orders = i32::try_from(orders?).map_err(Problem::internal)?;
    Ok(Counts { orders, claims: claims? })
}

async fn count_orders(
    db: &Db,
    member_no: MemberNo,
    site_no: SiteNo,
    delivered_from: DateTime<Utc>,
) -> Result<i64, DbError> {
    db.read(move |conn| Ok(order_summary::count_live(conn, &member_no, &site_no, delivered_from)?)).await
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
