//! 마일리지 원장: lots that are earned, drawn from, given back to and that lapse.
//!
//! A movement is a row that never changes. A lot's remainder is the sum of its rows, an account's balance the sum of all
//! of them, rows without a lot included.

use std::num::NonZeroU32;

use chrono::{DateTime, Days, Utc};
use commerce::{ClaimNo, MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won, calendar};

use super::burden::{Burden, Split};

/// 마일리지 계정: a member's mileage on one site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    pub member_no: MemberNo,
    pub site_no: SiteNo,
}

/// 적립 로트: mileage earned at once, with its own expiry and burden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    pub no: String,
    /// What it was earned under; taking back and lapsing are booked under the same.
    pub reason: MileageReason,
    pub promotion_no: Option<PromotionNo>,
    pub order_no: OrderNo,
    pub burden: Burden,
    pub earned: Won,
    /// Below 0 where more was taken back than was left.
    pub left: Won,
    pub earned_at: DateTime<Utc>,
    /// The first instant it is no longer good.
    pub expires_at: Option<DateTime<Utc>>,
}

/// 원장 행: positive in, negative out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub no: String,
    pub lot_no: Option<String>,
    pub reason: MileageReason,
    pub amount: Won,
    pub burden: Burden,
    pub split: Split,
    pub order_no: OrderNo,
    pub claim_no: Option<ClaimNo>,
    /// The row it gives back, or takes back.
    pub reverses: Option<String>,
    /// The message it was booked for.
    pub key: String,
    pub at: DateTime<Utc>,
}

/// 사용 행: mileage an order was paid with, and what of it is not given back yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub movement_no: String,
    pub lot_no: Option<String>,
    /// 0 or more.
    pub outstanding: Won,
}

/// A claim that would give back more mileage than its order used: nothing may create money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more mileage is given back than the order still has out")]
pub struct MoreThanUsed;

/// 유효기간: a lot is good for so many days after the Korean day it was earned on, the last one included.
pub fn expiry(earned_at: DateTime<Utc>, valid_days: Option<NonZeroU32>) -> Option<DateTime<Utc>> {
    let days = Days::new(valid_days?.get().into());
    let last_day = calendar::kst_date_of(earned_at).checked_add_days(days)?;
    Some(calendar::kst_day_end(last_day))
}

/// 사용: how much of `needed` each lot gives, in the order given. What the lots cannot cover is used without one.
pub fn draw(needed: Won, lots: &[Lot]) -> Vec<(usize, Won)> {
    let mut needed = needed;
    let mut draws = Vec::new();
    for (index, lot) in lots.iter().enumerate() {
        let amount = lot.left.min(needed);
        if amount.is_positive() {
            draws.push((index, amount));
            needed = Won::new(needed.amount() - amount.amount());
        }
    }
    draws
}

/// 복원: what goes back to where it was used from, the last use first.
pub fn give_back(amount: Won, uses: &[Use]) -> Result<Vec<(usize, Won)>, MoreThanUsed> {
    let mut left = amount;
    let mut returns = Vec::new();
    for (index, one) in uses.iter().enumerate().rev() {
        let part = one.outstanding.min(left);
        if part.is_positive() {
            returns.push((index, part));
            left = Won::new(left.amount() - part.amount());
        }
    }
    if left.is_zero() { Ok(returns) } else { Err(MoreThanUsed) }
}

/// 소멸: what an expired lot loses; `good` is what is left of the lots that are still good.
///
/// What expires first pays debts first: the balance beyond the lots that are still good is all that can lapse. The rest of
/// an expired lot has paid for what was taken back elsewhere, and stays out of later lots' way. `None` when the amounts
/// don't fit.
pub fn lapse(left: Won, balance: Won, good: Won) -> Option<Won> {
    Some(left.min(balance.checked_sub(good)?).max(Won::ZERO))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lot(left: i64) -> Lot {
        Lot {
            no: "L".to_owned(),
            reason: MileageReason::Order,
            promotion_no: None,
            order_no: OrderNo::parse("20260801O000001").unwrap(),
            burden: Burden::OURS,
            earned: Won::new(1_000),
            left: Won::new(left),
            earned_at: DateTime::UNIX_EPOCH,
            expires_at: None,
        }
    }

    fn used(outstanding: i64) -> Use {
        Use { movement_no: "M".to_owned(), lot_no: None, outstanding: Won::new(outstanding) }
    }

    fn plain(parts: Vec<(usize, Won)>) -> Vec<(usize, i64)> {
        parts.into_iter().map(|(index, amount)| (index, amount.amount())).collect()
    }

    #[test]
    fn lots_give_in_turn_and_empty_or_overdrawn_ones_nothing() {
        let lots = [lot(300), lot(0), lot(-50), lot(500)];
        assert_eq!(plain(draw(Won::new(400), &lots)), [(0, 300), (3, 100)]);
        assert_eq!(plain(draw(Won::new(2_000), &lots)), [(0, 300), (3, 500)]);
        assert_eq!(plain(draw(Won::ZERO, &lots)), []);
    }

    #[test]
    fn the_last_use_is_given_back_first_and_never_more_than_was_used() {
        let uses = [used(300), used(0), used(100)];
        assert_eq!(give_back(Won::new(150), &uses).map(plain), Ok(vec![(2, 100), (0, 50)]));
        assert_eq!(give_back(Won::new(400), &uses).map(plain), Ok(vec![(2, 100), (0, 300)]));
        assert_eq!(give_back(Won::new(401), &uses), Err(MoreThanUsed));
    }

    #[test]
    fn an_expired_lot_loses_no_more_than_the_balance() {
        let lapse = |left, balance| lapse(Won::new(left), Won::new(balance), Won::ZERO).unwrap().amount();
        assert_eq!((lapse(100, 500), lapse(100, 40), lapse(100, 0), lapse(100, -30)), (100, 40, 0, 0));
    }

    #[test]
    fn an_expired_lot_that_has_paid_a_debt_takes_nothing_from_lots_that_are_still_good() {
        let lapse =
            |left, balance, good| lapse(Won::new(left), Won::new(balance), Won::new(good)).unwrap().amount();
        assert_eq!((lapse(100, 300, 200), lapse(100, 240, 200), lapse(100, 150, 200)), (100, 40, 0));
    }

    /// Earned on 1 August at 23:59 in Seoul and good for 30 days: until the end of 31 August there.
    #[test]
    fn a_lot_is_good_for_whole_korean_days() {
        let earned_at = "2026-08-01T14:59:00Z".parse().unwrap();
        let expires_at: DateTime<Utc> = "2026-08-31T15:00:00Z".parse().unwrap();
        assert_eq!(expiry(earned_at, NonZeroU32::new(30)), Some(expires_at));
        assert_eq!(expiry(earned_at, None), None);
    }

    proptest! {
        /// Whatever is used comes back to where it was used from, in any pieces.
        #[test]
        fn what_was_drawn_goes_back_to_the_same_lots(
            lefts in prop::collection::vec(0_i64..500, 0..8), share in 0_i64..=100, cut in 0_i64..=100,
        ) {
            let lots: Vec<Lot> = lefts.iter().map(|left| lot(*left)).collect();
            let needed = lefts.iter().sum::<i64>() * share / 100;
            let draws = draw(Won::new(needed), &lots);
            prop_assert_eq!(draws.iter().map(|(_, amount)| amount.amount()).sum::<i64>(), needed);

            let mut outstanding: Vec<Use> = draws.iter().map(|(_, amount)| used(amount.amount())).collect();
            let first = needed * cut / 100;
            for piece in [first, needed - first] {
                for (index, amount) in give_back(Won::new(piece), &outstanding).unwrap() {
                    let left = outstanding[index].outstanding.amount() - amount.amount();
                    prop_assert!(left >= 0);
                    outstanding[index].outstanding = Won::new(left);
                }
            }
            prop_assert!(outstanding.iter().all(|one| one.outstanding.is_zero()));
        }
    }
}
