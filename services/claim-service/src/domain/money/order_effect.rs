//! 주문반영: what a cancel or a return takes out of its order, line by line.

use std::collections::{BTreeMap, HashSet};

use commerce::Won;

use crate::domain::money::{ClaimCost, Overflow};
use crate::domain::order::{DiscountId, PaidOrder};

/// 주문반영 상품
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEffect {
    pub line_seq: i32,
    /// 0 on a line that only loses a discount.
    pub quantity: i64,
    /// Of the line's discounts as ordered, what counts no longer because the cancel took it back.
    pub revoked_discount: Won,
}

/// The lines a claim concerns, by number. A discount taken back goes from every line it stands on, also where it was
/// worth nothing any more: it counts 0 from now on.
pub fn line_effects(order: &PaidOrder, cost: &ClaimCost) -> Result<Vec<LineEffect>, Overflow> {
    let mut effects: BTreeMap<i32, LineEffect> = BTreeMap::new();
    let nothing = |line_seq| LineEffect { line_seq, quantity: 0, revoked_discount: Won::ZERO };
    for goods in &cost.goods {
        let quantity = &mut effects.entry(goods.line_seq).or_insert(nothing(goods.line_seq)).quantity;
        *quantity = quantity.checked_add(goods.quantity).ok_or(Overflow)?;
    }
    let taken_back: HashSet<&DiscountId> = cost.taken_back.iter().map(|taken_back| &taken_back.id).collect();
    for discount in order.discounts().iter().filter(|discount| taken_back.contains(&discount.id)) {
        for share in discount.shares.iter().filter(|share| share.amount.is_positive()) {
            let Some(line) = order.lines().get(share.place.index()) else { continue };
            let revoked = &mut effects.entry(line.seq).or_insert(nothing(line.seq)).revoked_discount;
            *revoked = revoked.checked_add(share.amount).ok_or(Overflow)?;
        }
    }
    Ok(effects.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{
        self, CUSTOMER, Story, VENDOR, contract_order, line_discount, order_promotion,
    };

    fn effects(story: &Story, cost: &ClaimCost) -> Vec<(i32, i64, i64)> {
        let effects = line_effects(&story.order, cost).unwrap();
        effects.iter().map(|one| (one.line_seq, one.quantity, one.revoked_discount.amount())).collect()
    }

    #[test]
    fn units_leave_with_their_discounts_and_a_discount_taken_back_leaves_as_ordered() {
        let mut story = Story::of(contract_order());
        // 40,000 are left: the cart coupon (5,000 as ordered) falls, and with the next unit the goods coupon (6,000).
        let first = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        assert_eq!(effects(&story, &first), [(1, 1, 5_000)]);
        let second = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        assert_eq!(effects(&story, &second), [(1, 1, 6_000)]);
        let third = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        assert_eq!(effects(&story, &third), [(1, 1, 0)]);
    }

    #[test]
    fn a_line_without_a_unit_in_the_claim_loses_its_share_of_what_is_taken_back() {
        let order = testing::order(|facts| {
            facts.lines = vec![
                testing::line(1, 1, 1, 10_000),
                testing::line(2, 1, 1, 10_000),
                testing::line(3, 1, 1, 10_000),
            ];
            facts.lines[2].discounts = vec![line_discount("P11", None, None, 100, 0)];
            facts.promotions =
                vec![order_promotion("P12", None, Some(25_000), &[(1, 0), (2, 700), (3, 300)])];
        });
        let mut story = Story::of(order);
        let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        assert_eq!(effects(&story, &cost), [(1, 1, 0), (2, 0, 700), (3, 0, 300)]);
    }

    #[test]
    fn by_a_vendors_fault_only_units_leave() {
        let mut story = Story::of(contract_order());
        let cost = story.cancel(VENDOR, &[(1, 2)]).unwrap();
        assert_eq!(effects(&story, &cost), [(1, 2, 0)]);
    }
}
