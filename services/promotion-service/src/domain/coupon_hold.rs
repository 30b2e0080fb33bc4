//! 무료반품쿠폰 선점: a claim holds the coupon that pays its return fee, and lets it go when it ends without having used it.

use chrono::{DateTime, Utc};
use commerce::{MemberNo, PromotionType};

use super::coupon_state::{Coupon, CouponState};
use super::order_effects::ClaimStep;

/// 선점 불가 사유
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotHeld {
    Unknown,
    NotTheMembers,
    OtherType,
    Used,
    Expired,
}

/// 반납 불가 사유
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReleased {
    /// It stays out of use.
    Expired,
    /// By this claim.
    NotHeld,
}

impl Coupon {
    /// Whether this claim of a member's order has the coupon for itself. A claim that holds it already is told so again.
    pub fn hold(&self, step: &ClaimStep, member_no: &MemberNo, now: DateTime<Utc>) -> Result<(), NotHeld> {
        if self.member_no != *member_no {
            return Err(NotHeld::NotTheMembers);
        }
        if self.promotion_type != PromotionType::FreeReturnCoupon {
            return Err(NotHeld::OtherType);
        }
        match self.state_at(now) {
            CouponState::Usable => Ok(()),
            CouponState::Held { .. } if self.is_held_by(step) => Ok(()),
            CouponState::Held { .. } | CouponState::Used(_) => Err(NotHeld::Used),
            CouponState::Expired => Err(NotHeld::Expired),
        }
    }

    /// Whether the coupon this claim lets go is usable again.
    pub fn release(&self, step: &ClaimStep, now: DateTime<Utc>) -> Result<(), NotReleased> {
        if !self.is_held_by(step) {
            return Err(NotReleased::NotHeld);
        }
        if self.is_past(now) { Err(NotReleased::Expired) } else { Ok(()) }
    }

    fn is_held_by(&self, step: &ClaimStep) -> bool {
        matches!(&self.state, CouponState::Held { order_no, claim_no }
            if *order_no == step.order_no && *claim_no == step.claim_no)
    }
}

#[cfg(test)]
mod tests {
    use commerce::{ClaimNo, CouponIssueNo, OrderNo, PromotionNo};

    use super::*;

    const LAST_INSTANT: &str = "2026-08-31T14:59:59Z";
    const LATE: &str = "2026-08-31T14:59:59.000001Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn order(serial: u32) -> OrderNo {
        OrderNo::parse(&format!("20260801O{serial:06}")).unwrap()
    }

    fn claim(serial: u32) -> ClaimNo {
        ClaimNo::parse(&format!("20260802C{serial:06}")).unwrap()
    }

    fn step(order_serial: u32, claim_serial: u32) -> ClaimStep {
        ClaimStep { key: "key".to_owned(), claim_no: claim(claim_serial), order_no: order(order_serial) }
    }

    fn member(number: &str) -> MemberNo {
        MemberNo::parse(number).unwrap()
    }

    fn coupon(state: CouponState) -> Coupon {
        Coupon {
            no: CouponIssueNo::parse("CR0001").unwrap(),
            promotion_no: PromotionNo::parse("P15").unwrap(),
            promotion_name: "무료반품쿠폰".to_owned(),
            promotion_type: PromotionType::FreeReturnCoupon,
            member_no: member("100001311"),
            valid_until: at(LAST_INSTANT),
            state,
        }
    }

    fn held(order_serial: u32, claim_serial: u32) -> CouponState {
        CouponState::Held { order_no: order(order_serial), claim_no: claim(claim_serial) }
    }

    #[test]
    fn a_claim_holds_a_usable_coupon_of_its_member_for_free_returns() {
        let check = |coupon: Coupon, now: &str, expected: Result<(), NotHeld>| {
            assert_eq!(coupon.hold(&step(1, 1), &member("100001311"), at(now)), expected);
        };
        check(coupon(CouponState::Usable), LAST_INSTANT, Ok(()));
        check(coupon(CouponState::Usable), LATE, Err(NotHeld::Expired));
        check(coupon(CouponState::Expired), LAST_INSTANT, Err(NotHeld::Expired));
        check(coupon(CouponState::Used(None)), LAST_INSTANT, Err(NotHeld::Used));
        check(coupon(CouponState::Used(Some(order(1)))), LAST_INSTANT, Err(NotHeld::Used));
        check(coupon(held(1, 2)), LAST_INSTANT, Err(NotHeld::Used));
        check(coupon(held(2, 1)), LAST_INSTANT, Err(NotHeld::Used));
        check(coupon(held(1, 1)), LATE, Ok(()));
        let other_type = Coupon { promotion_type: PromotionType::GoodsCoupon, ..coupon(CouponState::Usable) };
        check(other_type.clone(), LAST_INSTANT, Err(NotHeld::OtherType));
        // Of another member's coupon nothing is told.
        for others in [other_type, coupon(CouponState::Usable), coupon(held(1, 2))] {
            let others = Coupon { member_no: member("100009999"), ..others };
            check(others, LATE, Err(NotHeld::NotTheMembers));
        }
    }

    #[test]
    fn a_claim_lets_go_what_it_holds_and_nothing_else() {
        let check = |state: CouponState, now: &str, expected: Result<(), NotReleased>| {
            assert_eq!(coupon(state).release(&step(1, 1), at(now)), expected);
        };
        check(held(1, 1), LAST_INSTANT, Ok(()));
        check(held(1, 1), LATE, Err(NotReleased::Expired));
        for state in [
            CouponState::Usable,
            CouponState::Expired,
            CouponState::Used(None),
            CouponState::Used(Some(order(1))),
            held(1, 2),
            held(2, 1),
        ] {
            check(state.clone(), LAST_INSTANT, Err(NotReleased::NotHeld));
            check(state, LATE, Err(NotReleased::NotHeld));
        }
    }
}
