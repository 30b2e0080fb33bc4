//! 주문 반영: what an order earned, paid with and used, recorded once.

use std::collections::HashSet;

use commerce::CouponIssueNo;
use db::{DbConnection, inbox};
use service_kit::error::Error;

use super::posting::Posting;
use crate::domain::booking_rules::BookingRules;
use crate::domain::coupon_state::CouponState;
use crate::domain::mileage_ledger::Account;
use crate::domain::order_effects::TakenOrder;
use crate::store;
use crate::store::order_book::OrderBook;

/// Does everything the first time and nothing at a repeat. What claims of the order said before is done right after.
pub fn record_order(conn: &mut DbConnection, order: &TakenOrder, rules: BookingRules) -> Result<(), Error> {
    if !inbox::first_time(conn, rules.now, &order.key)? {
        return Ok(());
    }
    match store::order_book::lock(conn, &order.order_no)? {
        OrderBook::NotRecorded => {}
        // Another message of the same order: it was taken once and can't be taken again.
        OrderBook::Recorded(_) => return Ok(()),
    }
    let (order_no, site_no) = (&order.order_no, &order.site_no);
    store::order_book::update_recorded(conn, order_no, order.member_no.as_ref(), site_no, rules.now)?;
    match order.account() {
        Some(account) => book(conn, account, order, rules)?,
        None => {
            store::order_book::delete_waiting(conn, order_no)?;
        }
    }
    use_coupons(conn, order, rules)
}

fn book(
    conn: &mut DbConnection,
    account: Account,
    order: &TakenOrder,
    rules: BookingRules,
) -> Result<(), Error> {
    let waiting = store::order_book::find_waiting(conn, &order.order_no)?;
    if order.used.is_zero() && order.earned.is_empty() && waiting.is_empty() {
        return Ok(());
    }
    let mut posting = Posting::open(conn, account, rules)?;
    // First what it was paid with: an order is not paid with what it earns.
    posting.use_up(&order.key, &order.order_no, order.ordered_at, order.used)?;
    for earned in &order.earned {
        posting.earn(&order.key, &order.order_no, order.ordered_at, earned)?;
    }
    for (step, claim) in &waiting {
        if posting.claim(step, claim)?.is_err() {
            // The claim was told to wait and can't be refused any more.
            tracing::error!(
                order.no = %order.order_no,
                claim.no = %step.claim_no,
                "a claim wants back more mileage than the order used; it gets what there is"
            );
            posting.restore_the_rest(step)?;
        }
    }
    posting.close()?;
    store::order_book::delete_waiting(conn, &order.order_no)?;
    Ok(())
}

/// Known coupons become used, unless a claim of this order has given them back already.
fn use_coupons(conn: &mut DbConnection, order: &TakenOrder, rules: BookingRules) -> Result<(), Error> {
    if order.coupons.is_empty() {
        return Ok(());
    }
    let coupons = store::coupon::lock(conn, &order.coupons)?;
    let dealt_with: HashSet<CouponIssueNo> =
        store::coupon::find_dealt_with(conn, &order.order_no)?.into_iter().collect();
    for coupon in coupons {
        if coupon.can_be_used_by(order.member_no.as_ref()) && !dealt_with.contains(&coupon.no) {
            let used = CouponState::Used(Some(order.order_no.clone()));
            store::coupon::update_state(conn, &coupon.no, &used, rules.now)?;
        } else if coupon.state.order_no() != Some(&order.order_no) {
            tracing::warn!(order.no = %order.order_no, coupon.no = %coupon.no, "the coupon is not this order's to use");
        }
    }
    Ok(())
}
