//! Rules 2, 3 and 10: which coupons come back.

use std::collections::HashSet;

use commerce::CouponIssueNo;

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::Moves;
use crate::domain::money::conditions::Conditions;
use crate::domain::money::outbound::Outbound;
use crate::domain::money::{Overflow, RestoredCoupon};
use crate::domain::order::{GroupOfLines, PaidOrder};

/// 쿠폰복원: a coupon comes back with the end of the discount it was used for, and once.
///
/// A coupon number that also stands on something else stays used until that has ended too: a coupon is used
/// or restored, never both.
pub(super) fn restore(
    order: &PaidOrder,
    history: &ClaimHistory,
    moves: &Moves<'_>,
    outbound: &Outbound<'_>,
    conditions: &Conditions,
) -> Result<Vec<RestoredCoupon>, Overflow> {
    let of_discounts =
        order.discounts().iter().filter(|discount| conditions.ends(&discount.id)).filter_map(|discount| {
            Some(RestoredCoupon {
                coupon_no: discount.id.coupon_no.clone()?,
                promotion_no: discount.id.promotion_no.clone(),
                promotion_name: discount.promotion_name.clone(),
                promotion_type: discount.promotion_type,
            })
        });
    let emptied_groups = order.groups().iter().filter(|group| is_emptied(group, moves));
    let of_groups = emptied_groups.filter_map(|group| {
        let coupon = group.group.coupon.as_ref()?;
        Some(RestoredCoupon {
            coupon_no: coupon.coupon_no.clone()?,
            promotion_no: coupon.promotion_no.clone(),
            promotion_name: coupon.promotion_name.clone(),
            promotion_type: coupon.promotion_type,
        })
    });
    let mut ended: Vec<RestoredCoupon> = of_discounts.chain(of_groups).collect();
    if ended.is_empty() {
        return Ok(ended);
    }
    let standing = standing(order, history, moves, outbound, conditions)?;
    let mut seen = HashSet::new();
    ended.retain(|coupon| {
        !standing.contains(&coupon.coupon_no)
            && !history.is_restored(&coupon.coupon_no)
            && seen.insert(coupon.coupon_no.clone())
    });
    Ok(ended)
}

/// Coupons of discounts that still have something to stand on, and of deliveries that were used: those stay used for good.
fn standing<'a>(
    order: &'a PaidOrder,
    history: &ClaimHistory,
    moves: &Moves<'_>,
    outbound: &Outbound<'_>,
    conditions: &Conditions,
) -> Result<HashSet<&'a CouponIssueNo>, Overflow> {
    let mut standing = HashSet::new();
    for discount in order.discounts() {
        let Some(coupon_no) = &discount.id.coupon_no else { continue };
        if history.is_taken_back(&discount.id) || conditions.ends(&discount.id) {
            continue;
        }
        let is_of_order = discount.shares.is_empty() && !moves.leave_nothing();
        let places = discount.shares.iter().map(|share| share.place);
        if is_of_order || moves.value_left(places)?.is_positive() {
            standing.insert(coupon_no);
        }
    }
    let standing_groups =
        order.groups().iter().filter(|group| !is_empty(group, moves) || outbound.is_used(group.group.number));
    standing.extend(standing_groups.filter_map(|group| group.group.coupon.as_ref()?.coupon_no.as_ref()));
    Ok(standing)
}

/// Whether this claim leaves nothing of a delivery group.
pub(super) fn is_emptied(group: &GroupOfLines, moves: &Moves<'_>) -> bool {
    moves.touch(group.places.iter().copied()) && is_empty(group, moves)
}

fn is_empty(group: &GroupOfLines, moves: &Moves<'_>) -> bool {
    if group.places.is_empty() {
        return moves.leave_nothing();
    }
    group.places.iter().all(|place| moves.at(*place).left_after == 0)
}
