//! 협력사부담할인: the part of a cancelled discount that the vendor had borne.

use commerce::Won;

use crate::domain::order::PaidOrder;

/// What the vendor is relieved of when a line goes from `left_before` to `left_after` units.
///
/// The vendor's part of what a line still carries is rounded down and depends on nothing but the units left,
/// so claims in any split come to the same. Discounts count as ordered, taken back since or not.
/// `None` for a line the order does not have, and for quantities it can't have.
pub fn relief(order: &PaidOrder, line_seq: i32, left_before: i64, left_after: i64) -> Option<Won> {
    borne(order, line_seq, left_before)?.checked_sub(borne(order, line_seq, left_after)?)
}

fn borne(order: &PaidOrder, line_seq: i32, left: i64) -> Option<Won> {
    let ordered = order.line(line_seq)?.quantity;
    if !(0..=ordered).contains(&left) {
        return None;
    }
    let product = order.vendor_weight(line_seq)?.checked_mul(i128::from(left))?;
    let whole = i128::from(ordered).checked_mul(100)?;
    i64::try_from(product.checked_div_euclid(whole)?).ok().map(Won::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{self, amount_of, line_discount};

    #[test]
    fn a_vendor_gets_back_its_share_of_what_goes_with_the_units() {
        // Three units with 1,000 off, of which the vendor bears 30 %: 300 on three, 200 on two, 100 on one.
        let order = testing::order(|facts| {
            facts.lines[0].discounts = vec![line_discount("P1", None, None, 1_000, 30)];
        });
        let relief = |before, after| relief(&order, 1, before, after).map(Won::amount);
        assert_eq!(relief(3, 2), Some(100));
        assert_eq!(relief(3, 0), Some(300));
        assert_eq!(relief(1, 0), Some(100));
        assert_eq!(relief(4, 0), None);
        assert_eq!(super::relief(&order, 9, 1, 0), None);
    }

    #[test]
    fn reliefs_of_any_split_add_up_to_the_vendors_whole_share() {
        for (amount, percent, ordered) in [(1_000, 33, 3), (999, 50, 7), (1, 99, 5), (12_345, 100, 11)] {
            let order = testing::order(|facts| {
                facts.lines[0].quantity = ordered;
                facts.lines[0].unit_price = Won::new(20_000);
                facts.lines[0].discounts = vec![line_discount("P1", None, None, amount, percent)];
            });
            let steps = (0..ordered).rev().map(|after| relief(&order, 1, after + 1, after).unwrap());
            let total: i64 = steps.map(amount_of).sum();
            assert_eq!(total, relief(&order, 1, ordered, 0).unwrap().amount());
            assert_eq!(total, amount * i64::from(percent) / 100);
        }
    }
}
