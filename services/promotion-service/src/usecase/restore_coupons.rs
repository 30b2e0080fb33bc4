//! 쿠폰 복원: a claim gives its order's coupons back, once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::CouponIssueNo;
use db::{DbConnection, inbox};
use service_kit::error::Error;

use crate::domain::coupon_state::{Coupon, CouponState, NotRestored, Restored};
use crate::domain::order_effects::ClaimStep;
use crate::store;

/// What became of each coupon, in the order given. A repeat of the step changes nothing and hears the same.
pub fn restore_coupons(
    conn: &mut DbConnection,
    step: &ClaimStep,
    numbers: &[CouponIssueNo],
    now: DateTime<Utc>,
) -> Result<Vec<Restored>, Error> {
    if inbox::first_time(conn, now, &step.key)? {
        restore(conn, step, numbers, now)?;
    }
    let restored: HashMap<CouponIssueNo, Restored> = store::coupon::find_restored(conn, &step.key)?
        .into_iter()
        .map(|restored| (restored.coupon_no.clone(), restored))
        .collect();
    Ok(numbers.iter().filter_map(|number| restored.get(number).cloned()).collect())
}

fn restore(
    conn: &mut DbConnection,
    step: &ClaimStep,
    numbers: &[CouponIssueNo],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut numbers = numbers.to_vec();
    numbers.sort();
    numbers.dedup();
    let known: HashMap<CouponIssueNo, Coupon> =
        store::coupon::lock(conn, &numbers)?.into_iter().map(|coupon| (coupon.no.clone(), coupon)).collect();
    let orderer = store::order_book::find_orderer(conn, &step.order_no)?;
    for number in numbers {
        let outcome = match known.get(&number) {
            Some(coupon) => coupon.give_back(&step.order_no, orderer.as_ref(), now),
            None => Err(NotRestored::Unknown),
        };
        if outcome.is_ok() {
            store::coupon::update_state(conn, &number, &CouponState::Usable, now)?;
        }
        let restored = Restored { coupon_no: number, outcome };
        store::coupon::insert_restored(conn, &step.key, (&step.claim_no, &step.order_no), &restored, now)?;
    }
    Ok(())
}
