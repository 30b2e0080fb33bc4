//! 쿠폰 상태: what becomes of a coupon when an order uses it and a claim gives it back.

use chrono::{DateTime, Utc};
use commerce::{CouponIssueNo, CouponStatus, MemberNo, OrderNo, PromotionNo, PromotionType};

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
            Self::Used(_) => CouponStatus::Used,
            Self::Expired => CouponStatus::Expired,
        }
    }

    pub const fn order_no(&self) -> Option<&OrderNo> {
        match self {
            Self::Used(order_no) => order_no.as_ref(),
            Self::Usable | Self::Expired => None,
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

    fn is_past(&self, now: DateTime<Utc>) -> bool {
        now > self.valid_until
    }

    /// Whether an order that says it used this coupon changes anything. The shop has taken the order, so its word counts
    /// against ours about validity; a coupon that is used stays with the order it was used in.
    pub fn can_be_used(&self) -> bool {
        match self.state {
            CouponState::Usable | CouponState::Expired => true,
            CouponState::Used(_) => false,
        }
    }

    /// Whether a claim of this order makes it usable again.
    ///
    /// One that is not used yet is given back all the same: the claim has overtaken the order's own message, which will
    /// then change nothing.
    pub fn give_back(&self, order_no: &OrderNo, now: DateTime<Utc>) -> Result<(), NotRestored> {
        match &self.state {
            CouponState::Used(Some(user)) if user != order_no => Err(NotRestored::UsedElsewhere),
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
        let back = |state, now| coupon(state).give_back(&order(1), at(now));
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
        assert!(coupon(CouponState::Usable).can_be_used() && coupon(CouponState::Expired).can_be_used());
        assert!(!coupon(CouponState::Used(Some(order(2)))).can_be_used());
    }
}
