//! 클레임 현황: of a claim what member-service must know to show its order, and what may still be claimed of it.

use chrono::{DateTime, Utc};
use commerce::claimable::pieces::{holds_units, moved_at};
use commerce::claimable::reason::CollectionKind;
use commerce::{ClaimNo, ClaimStage, ClaimStatus, ClaimType, ItemNo, OrderNo};

/// A claim as its rows have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingClaim {
    pub number: ClaimNo,
    pub order_no: OrderNo,
    pub claim_type: ClaimType,
    pub is_imported: bool,
    pub status: ClaimStatus,
    pub requested_at: DateTime<Utc>,
    /// 정산접수
    pub final_at: Option<DateTime<Utc>>,
    /// 교환배송완료
    pub delivered_at: Option<DateTime<Utc>>,
}

/// Units of a line, of one item where the claim says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedUnits {
    pub line_seq: i32,
    pub item_no: Option<ItemNo>,
    pub exchanged_for: Option<(ItemNo, String)>,
    pub quantity: i64,
    /// What came of their inspection; those that were not inspected count whole.
    pub accepted: Option<i64>,
}

/// 클레임 현황
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimStanding {
    pub claim: StandingClaim,
    pub moved_at: Option<DateTime<Utc>>,
    pub goods: Vec<StandingUnits>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingUnits {
    pub units: ClaimedUnits,
    /// Taken out of the order, or to be taken as soon as it hears of them.
    pub taken: i64,
    pub held: i64,
    pub accepted: i64,
}

impl StandingClaim {
    /// A return or an exchange of our own.
    pub const fn collection(&self) -> Option<CollectionKind> {
        if self.is_imported { None } else { CollectionKind::of(self.claim_type) }
    }

    pub const fn stage(&self) -> ClaimStage {
        ClaimStage::of(self.status, self.final_at.is_some())
    }

    /// What it has left of its order; units that say nothing any more are left out.
    pub fn standing(self, goods: Vec<ClaimedUnits>) -> ClaimStanding {
        let is_final = self.final_at.is_some();
        let collection = self.collection();
        let moved_at =
            collection.and_then(|kind| moved_at(kind, self.status, (self.final_at, self.delivered_at)));
        let of_units = |units: ClaimedUnits| {
            let accepted = units.accepted.unwrap_or(units.quantity);
            let (taken, held) = match collection {
                Some(kind) if holds_units(kind, self.status, is_final) => {
                    (0, if is_final { accepted } else { units.quantity })
                }
                Some(CollectionKind::Return) if moved_at.is_some() => (accepted, 0),
                None if self.claim_type.takes_quantity() && self.status != ClaimStatus::Rejected => {
                    (units.quantity, 0)
                }
                Some(_) | None => (0, 0),
            };
            StandingUnits { units, taken, held, accepted }
        };
        let goods = goods.into_iter().map(of_units);
        let says_something = |one: &StandingUnits| one.taken > 0 || one.held > 0 || moved_at.is_some();
        let goods = goods.filter(says_something).collect();
        ClaimStanding { claim: self, moved_at, goods }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{august, claim_no, parsed};

    /// Two units of three were accepted. What is taken, what is held, and whether the units have become others.
    #[track_caller]
    fn check(
        (claim_type, is_imported): (ClaimType, bool),
        status: ClaimStatus,
        (final_at, delivered_at): (Option<u32>, Option<u32>),
        expected: Option<(i64, i64, Option<u32>)>,
    ) {
        let day = |day: u32| august(day, 12);
        let claim = StandingClaim {
            number: claim_no(1),
            order_no: parsed("20260801O000001"),
            claim_type,
            is_imported,
            status,
            requested_at: day(1),
            final_at: final_at.map(day),
            delivered_at: delivered_at.map(day),
        };
        let units = ClaimedUnits {
            line_seq: 1,
            item_no: None,
            exchanged_for: None,
            quantity: 3,
            accepted: final_at.map(|_| 2),
        };
        let standing = claim.standing(vec![units]);
        let found = standing.goods.first().map(|one| (one.taken, one.held, standing.moved_at));
        let expected = expected.map(|(taken, held, moved)| (taken, held, moved.map(day)));
        assert_eq!(found, expected, "{claim_type:?} {status:?}");
    }

    #[test]
    fn units_are_held_taken_or_free_as_the_claim_stands() {
        use ClaimStatus::{Complete, InProgress, Rejected, Requested};
        const CANCEL: (ClaimType, bool) = (ClaimType::Cancel, false);
        const RETURN: (ClaimType, bool) = (ClaimType::Return, false);
        const EXCHANGE: (ClaimType, bool) = (ClaimType::Exchange, false);
        const IMPORTED_RETURN: (ClaimType, bool) = (ClaimType::Return, true);
        const IMPORTED_EXCHANGE: (ClaimType, bool) = (ClaimType::Exchange, true);
        for status in [InProgress, Complete] {
            check(CANCEL, status, (None, None), Some((3, 0, None)));
            check(IMPORTED_RETURN, status, (None, None), Some((3, 0, None)));
            check(IMPORTED_EXCHANGE, status, (None, None), None);
        }
        for status in [Requested, InProgress] {
            check(RETURN, status, (None, None), Some((0, 3, None)));
            check(EXCHANGE, status, (None, None), Some((0, 3, None)));
        }
        for status in [InProgress, Complete] {
            check(RETURN, status, (Some(5), None), Some((2, 0, Some(5))));
        }
        check(EXCHANGE, InProgress, (Some(5), None), Some((0, 2, None)));
        check(EXCHANGE, Complete, (Some(5), Some(7)), Some((0, 0, Some(7))));
        for claim in [CANCEL, RETURN, EXCHANGE, IMPORTED_RETURN] {
            check(claim, Rejected, (None, None), None);
        }
        check(EXCHANGE, Rejected, (Some(5), None), None);
    }
}
