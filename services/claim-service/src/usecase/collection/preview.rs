//! 반품·교환 비용 미리보기: what a claim would come to now. It changes nothing but that the order is pinned.

use commerce::{CouponIssueNo, OrderNo};
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::collection::request::{CollectionRequest, judge};
use crate::domain::money::terms::FreeReturnCoupon;
use crate::state::AppState;
use crate::usecase::acceptance::quote::Preview;
use crate::usecase::collection::accept::usable_coupon;
use crate::usecase::collection::quote::{at_hand, quote_request};
use crate::usecase::open_order::{OpenOrder, open_order};
use crate::usecase::policies;

pub async fn preview(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
    request: &CollectionRequest,
) -> Result<Preview, Error> {
    let opened = open_order(state, caller, order_no).await?;
    let order = &opened.pinned.order;
    let at_hand = at_hand(order, &opened.claims, &opened.delivered_at, opened.days);
    let judged = judge(order, &at_hand, request)?;
    let coupon = match &request.free_return_coupon {
        Some(coupon_no) => Some(coupon(state, &opened, coupon_no).await?),
        None => None,
    };
    let policies = state.db.read(|conn| Ok::<_, Error>(policies::book(conn)?)).await?;
    let policy = policies.in_force_at(order.ordered_at());
    let quote = quote_request((order, &opened.claims.history, policy), request, &judged, coupon)?;
    Ok(Preview { quote, member_no: opened.member_no })
}

async fn coupon(
    state: &AppState,
    opened: &OpenOrder,
    coupon_no: &CouponIssueNo,
) -> Result<FreeReturnCoupon, Error> {
    let seen = match &opened.member_no {
        Some(member_no) => state.clients.promotion.coupon(member_no, coupon_no).await?,
        // A guest's order has no coupons.
        None => None,
    };
    usable_coupon(seen.as_ref())
}
