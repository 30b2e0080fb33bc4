//! 쿠폰 발급

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use commerce::CouponIssueNo;
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::coupon_state::Coupon;
use crate::store;

/// What became of a request's coupons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issued {
    All {
        created: usize,
        unchanged: usize,
    },
    /// These, by their place in the request, are known with other content: nothing may be taken.
    Different(Vec<usize>),
}

/// Puts down what is new. Equality is with what was first sent, whatever has become of the coupon since.
///
/// The caller rolls back on [`Issued::Different`].
pub fn issue_coupons(
    conn: &mut DbConnection,
    coupons: &[Coupon],
    now: DateTime<Utc>,
) -> Result<Issued, Error> {
    let mut by_number: Vec<&Coupon> = coupons.iter().collect();
    by_number.sort_by(|one, other| one.no.cmp(&other.no));
    by_number.dedup_by(|later, first| later.no == first.no);
    let created = store::coupon::insert_new(conn, &by_number, now)?;

    let numbers: Vec<&CouponIssueNo> = by_number.iter().map(|coupon| &coupon.no).collect();
    let issued: HashMap<CouponIssueNo, Coupon> = store::coupon::find_as_issued(conn, &numbers)?
        .into_iter()
        .map(|coupon| (coupon.no.clone(), coupon))
        .collect();
    let different: Vec<usize> = coupons
        .iter()
        .enumerate()
        .filter(|(_, coupon)| !issued.get(&coupon.no).is_some_and(|first| is_the_same(first, coupon)))
        .map(|(place, _)| place)
        .collect();
    if different.is_empty() {
        Ok(Issued::All { created, unchanged: coupons.len().saturating_sub(created) })
    } else {
        Ok(Issued::Different(different))
    }
}

/// Databases keep whole microseconds.
fn is_the_same(first: &Coupon, coupon: &Coupon) -> bool {
    let valid_until = coupon.valid_until.trunc_subsecs(6);
    *first == Coupon { valid_until, ..coupon.clone() }
}
