//! 분담: who bears what a promotion costs, our side or the vendor.

use commerce::{Rate, Won};

/// 분담률: whole percents that are 100 together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burden {
    vendor_rate: i32,
}

/// What each side bears of one movement; both carry its sign, and together they are the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    pub ours: Won,
    pub vendors: Won,
}

impl Burden {
    const WHOLE: i32 = 100;
    /// Where nobody is named, we bear it.
    pub const OURS: Self = Self { vendor_rate: 0 };

    /// `None` unless the two are 100 together and neither is negative.
    pub fn new(our_rate: i32, vendor_rate: i32) -> Option<Self> {
        let is_whole = our_rate.checked_add(vendor_rate) == Some(Self::WHOLE);
        (is_whole && (0..=Self::WHOLE).contains(&vendor_rate)).then_some(Self { vendor_rate })
    }

    /// The burden of an order's entry. The order is a fact by now: what was not said, or does not add up, is read as
    /// well as it can be, the vendor's side first.
    pub fn of_order(our_rate: Option<i32>, vendor_rate: Option<i32>) -> Self {
        let vendor_rate = match (our_rate, vendor_rate) {
            (_, Some(vendor_rate)) => vendor_rate,
            (Some(our_rate), None) => Self::WHOLE.saturating_sub(our_rate),
            (None, None) => 0,
        };
        Self { vendor_rate: vendor_rate.clamp(0, Self::WHOLE) }
    }

    pub const fn our_rate(self) -> i32 {
        Self::WHOLE - self.vendor_rate
    }

    pub const fn vendor_rate(self) -> i32 {
        self.vendor_rate
    }

    /// Splits the movement that takes an amount from `before` to `after`.
    ///
    /// The vendor's part is the difference of what it bears before and after, so that movements in any order and split
    /// come to what the vendor bears of what is left, and to nothing when nothing is left.
    pub fn split(self, before: Won, after: Won) -> Option<Split> {
        let borne = |amount: Won| {
            Rate::from_basis_points(i64::from(self.vendor_rate).checked_mul(100)?)?.portion_floor(amount)
        };
        let vendors = borne(after)?.checked_sub(borne(before)?)?;
        let ours = after.checked_sub(before)?.checked_sub(vendors)?;
        Some(Split { ours, vendors })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(vendor_rate: i32, before: i64, after: i64) -> (i64, i64) {
        let burden = Burden::new(100 - vendor_rate, vendor_rate).unwrap();
        let split = burden.split(Won::new(before), Won::new(after)).unwrap();
        (split.ours.amount(), split.vendors.amount())
    }

    #[test]
    fn a_burden_is_two_rates_that_are_a_hundred_together() {
        assert_eq!(
            Burden::new(70, 30).map(|burden| (burden.our_rate(), burden.vendor_rate())),
            Some((70, 30))
        );
        for (ours, vendors) in [(50, 49), (101, -1), (-1, 101), (0, 0), (i32::MAX, i32::MAX)] {
            assert_eq!(Burden::new(ours, vendors), None);
        }
    }

    #[test]
    fn an_orders_burden_is_read_as_well_as_it_can_be() {
        let read = |ours, vendors| Burden::of_order(ours, vendors).vendor_rate();
        assert_eq!(read(None, None), 0);
        assert_eq!(read(Some(70), None), 30);
        assert_eq!(read(None, Some(40)), 40);
        assert_eq!(read(Some(50), Some(49)), 49);
        assert_eq!(read(Some(-5), Some(700)), 100);
    }

    /// 33 % of 100 is 33, of 67 is 22 (22.11), of 34 is 11 (11.22): the three pieces bear 11, 11 and 11 of it.
    #[test]
    fn what_is_taken_back_piece_by_piece_takes_the_same_burden_back() {
        assert_eq!(split(33, 0, 100), (67, 33));
        assert_eq!(split(33, 100, 67), (-22, -11));
        assert_eq!(split(33, 67, 34), (-22, -11));
        assert_eq!(split(33, 34, 0), (-23, -11));
    }

    proptest! {
        #[test]
        fn the_sides_add_up_and_carry_the_movements_sign(
            vendor_rate in 0..=100_i32, before in -1_000_000_i64..1_000_000, after in -1_000_000_i64..1_000_000,
        ) {
            let (ours, vendors) = split(vendor_rate, before, after);
            let movement = after - before;
            prop_assert_eq!(ours + vendors, movement);
            prop_assert!(ours.signum() * movement.signum() >= 0 && vendors.signum() * movement.signum() >= 0);
        }

        #[test]
        fn a_walk_that_ends_where_it_began_leaves_nobody_with_anything(
            vendor_rate in 0..=100_i32, stops in prop::collection::vec(-1_000_i64..1_000, 0..12),
        ) {
            let walk: Vec<i64> = std::iter::once(0).chain(stops).chain([0]).collect();
            let steps: Vec<_> = walk.windows(2).map(|pair| split(vendor_rate, pair[0], pair[1])).collect();
            prop_assert_eq!(steps.iter().map(|(ours, _)| ours).sum::<i64>(), 0);
            prop_assert_eq!(steps.iter().map(|(_, vendors)| vendors).sum::<i64>(), 0);
        }
    }
}
