//! 쿠폰 상태: what becomes of a coupon when an order uses it and a claim gives it back.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, CouponIssueNo, CouponStatus, MemberNo, OrderNo, PromotionNo, PromotionType};

/// 쿠폰
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    pub no: CouponIssueNo,
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
    pub promotion_type: PromotionType,
    pub member_no: MemberNo,
    /// The last instant it is good for.
    pub valid_until: DateTime<Utc>,
    pub state: CouponState,
}

/// 쿠폰사용상태
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CouponState {
    Usable,
    /// By an order, where it is known by which.
    Used(Option<OrderNo>),
    /// 선점: by a claim of an order, whose return fee it pays.
    Held {
        order_no: OrderNo,
        claim_no: ClaimNo,
    },
    Expired,
}

impl CouponState {
    /// `None` where an order is named for a coupon that is not used.
    pub fn of(status: CouponStatus, order_no: Option<OrderNo>) -> Option<Self> {
        match (status, order_no) {
            (CouponStatus::Used, order_no) => Some(Self::Used(order_no)),
            (CouponStatus::Usable, None) => Some(Self::Usable),
            (CouponStatus::Expired, None) => Some(Self::Expired),
            (CouponStatus::Usable | CouponStatus::Expired, Some(_)) => None,
        }
    }

    pub const fn status(&self) -> CouponStatus {
        match self {
            Self::Usable => CouponStatus::Usable,
            Self::Used(_) | Self::Held { .. } => CouponStatus::Used,
            Self::Expired => CouponStatus::Expired,
        }
    }

    pub const fn order_no(&self) -> Option<&OrderNo> {
        match self {
            Self::Used(order_no) => order_no.as_ref(),
            Self::Held { order_no, .. } => Some(order_no),
            Self::Usable | Self::Expired => None,
        }
    }

    pub const fn claim_no(&self) -> Option<&ClaimNo> {
        match self {
            Self::Held { claim_no, .. } => Some(claim_no),
            Self::Used(_) | Self::Usable | Self::Expired => None,
        }
    }
}

/// 복원 결과: what a claim's step came to for one coupon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub coupon_no: CouponIssueNo,
    pub outcome: Result<(), NotRestored>,
}

/// 복원 불가 사유
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRestored {
    Expired,
    Unknown,
    UsedElsewhere,
}

impl Coupon {
    /// Its state as a person sees it now: what was never used expires by itself.
    pub fn state_at(&self, now: DateTime<Utc>) -> CouponState {
        match &self.state {
            CouponState::Usable if self.is_past(now) => CouponState::Expired,
            state => state.clone(),
        }
    }

    pub fn is_past(&self, now: DateTime<Utc>) -> bool {
        now > self.valid_until
    }

    /// Whether an order that says it used this coupon changes anything. The shop has taken the order, so its word counts
    /// against ours about validity; a coupon that is used stays with the order it was used in, and one member's order does
    /// not use another's up. `orderer` is none of a guest's order.
    pub fn can_be_used_by(&self, orderer: Option<&MemberNo>) -> bool {
        match self.state {
            CouponState::Usable | CouponState::Expired => self.may_be_of(orderer),
            CouponState::Used(_) | CouponState::Held { .. } => false,
        }
    }

    fn may_be_of(&self, orderer: Option<&MemberNo>) -> bool {
        orderer.is_none_or(|orderer| *orderer == self.member_no)
    }

    /// Whether a claim of this order makes it usable again.
    ///
    /// One that is not used yet is given back all the same: the claim has overtaken the order's own message, which will
    /// then change nothing. `orderer` is none of a guest's order, and of one that is not known yet.
    pub fn give_back(
        &self,
        order_no: &OrderNo,
        orderer: Option<&MemberNo>,
        now: DateTime<Utc>,
    ) -> Result<(), NotRestored> {
        if !self.may_be_of(orderer) {
            return Err(NotRestored::UsedElsewhere);
        }
        match &self.state {
            CouponState::Used(Some(user)) if user != order_no => Err(NotRestored::UsedElsewhere),
            // No order's, whatever order the claim is of: the claim lets it go by itself.
            CouponState::Held { .. } => Err(NotRestored::UsedElsewhere),
            CouponState::Expired => Err(NotRestored::Expired),
            CouponState::Used(_) | CouponState::Usable if self.is_past(now) => Err(NotRestored::Expired),
            CouponState::Used(_) | CouponState::Usable => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(serial: u32) -> OrderNo {
        OrderNo::parse(&format!("20260801O{serial:06}")).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn coupon(state: CouponState) -> Coupon {
        Coupon {
            no: CouponIssueNo::parse("CI0001").unwrap(),
            promotion_no: PromotionNo::parse("P11").unwrap(),
            promotion_name: "상품쿠폰 10%".to_owned(),
            promotion_type: PromotionType::GoodsCoupon,
            member_no: MemberNo::parse("100001311").unwrap(),
            valid_until: at("2026-08-31T14:59:59Z"),
            state,
        }
    }

    #[test]
    fn a_used_coupon_may_name_its_order_and_no_other_may() {
        use CouponStatus::{Expired, Usable, Used};
        assert_eq!(CouponState::of(Used, Some(order(1))), Some(CouponState::Used(Some(order(1)))));
        assert_eq!(CouponState::of(Used, None), Some(CouponState::Used(None)));
        assert_eq!(CouponState::of(Usable, None), Some(CouponState::Usable));
        assert_eq!(CouponState::of(Usable, Some(order(1))), None);
        assert_eq!(CouponState::of(Expired, Some(order(1))), None);
    }

    #[test]
    fn an_unused_coupon_expires_after_its_last_instant() {
        let state = |state, now| coupon(state).state_at(at(now)).status();
        assert_eq!(state(CouponState::Usable, "2026-08-31T14:59:59Z"), CouponStatus::Usable);
        assert_eq!(state(CouponState::Usable, "2026-08-31T14:59:59.000001Z"), CouponStatus::Expired);
        assert_eq!(state(CouponState::Used(None), "2027-01-01T00:00:00Z"), CouponStatus::Used);
    }

    #[test]
    fn a_coupon_comes_back_from_its_own_order_while_it_is_valid() {
        let orderer = MemberNo::parse("100001311").unwrap();
        let back = |state: CouponState, now| {
            let coupon = coupon(state);
            let of_guest = coupon.give_back(&order(1), None, at(now));
            assert_eq!(coupon.give_back(&order(1), Some(&orderer), at(now)), of_guest);
            of_guest
        };
        let (in_time, late) = ("2026-08-31T14:59:59Z", "2026-09-01T00:00:00Z");
        assert_eq!(back(CouponState::Used(Some(order(1))), in_time), Ok(()));
        assert_eq!(back(CouponState::Used(None), in_time), Ok(()));
        assert_eq!(back(CouponState::Usable, in_time), Ok(()));
        assert_eq!(back(CouponState::Used(Some(order(1))), late), Err(NotRestored::Expired));
        assert_eq!(back(CouponState::Usable, late), Err(NotRestored::Expired));
        assert_eq!(back(CouponState::Expired, in_time), Err(NotRestored::Expired));
        assert_eq!(back(CouponState::Used(Some(order(2))), in_time), Err(NotRestored::UsedElsewhere));
        assert_eq!(back(CouponState::Used(Some(order(2))), late), Err(NotRestored::UsedElsewhere));
    }

    #[test]
    fn the_first_order_keeps_a_coupon_that_two_claim_to_have_used() {
        let can = |state| coupon(state).can_be_used_by(None);
        assert!(can(CouponState::Usable) && can(CouponState::Expired));
        assert!(!can(CouponState::Used(Some(order(2)))));
    }

    #[test]
    fn an_order_neither_uses_nor_gives_back_a_coupon_that_a_claim_holds() {
        let claim_no = ClaimNo::parse("20260802C000001").unwrap();
        let held = coupon(CouponState::Held { order_no: order(1), claim_no: claim_no.clone() });
        assert!(!held.can_be_used_by(None));
        for now in ["2026-08-31T14:59:59Z", "2026-09-01T00:00:00Z"] {
            assert_eq!(held.give_back(&order(1), None, at(now)), Err(NotRestored::UsedElsewhere));
            let state = held.state_at(at(now));
            let shown = (state.status(), state.order_no().cloned(), state.claim_no().cloned());
            assert_eq!(shown, (CouponStatus::Used, Some(order(1)), Some(claim_no.clone())));
        }
    }

    #[test]
    fn one_member_s_order_neither_uses_another_s_coupon_nor_gives_it_back() {
        let (owner, other) = (MemberNo::parse("100001311").unwrap(), MemberNo::parse("100009999").unwrap());
        let now = at("2026-08-01T00:00:00Z");
        for state in [CouponState::Usable, CouponState::Expired] {
            assert!(coupon(state.clone()).can_be_used_by(Some(&owner)));
            assert!(!coupon(state).can_be_used_by(Some(&other)));
        }
        for state in [CouponState::Usable, CouponState::Used(None), CouponState::Used(Some(order(1)))] {
            let refused = coupon(state).give_back(&order(1), Some(&other), now);
            assert_eq!(refused, Err(NotRestored::UsedElsewhere));
        }
    }
}
