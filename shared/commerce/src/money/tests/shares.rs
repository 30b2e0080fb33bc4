use proptest::prelude::*;

use super::super::{Spreader, Won, carried_by, given_back, spread_by_weight};

fn spread(total: i64, weights: &[i64]) -> Option<Vec<i64>> {
    Some(spread_by_weight(Won::new(total), weights)?.into_iter().map(Won::amount).collect())
}

#[test]
fn what_is_left_over_goes_to_the_largest_remainders_and_ties_to_the_first() {
    assert_eq!(spread(10, &[1, 1, 1]), Some(vec![4, 3, 3]));
    assert_eq!(spread(11, &[1, 1, 1]), Some(vec![4, 4, 3]));
    assert_eq!(spread(10, &[5, 3, 2]), Some(vec![5, 3, 2]));
    assert_eq!(spread(5, &[1, 2, 7]), Some(vec![1, 1, 3]));
    assert_eq!(spread(1, &[10, 11, 11]), Some(vec![0, 1, 0]));
    assert_eq!(spread(7, &[0, 5, 0]), Some(vec![0, 7, 0]));
}

#[test]
fn a_total_no_weight_can_carry_is_refused() {
    assert_eq!(spread(1, &[]), None);
    assert_eq!(spread(1, &[0, 0]), None);
    assert_eq!(spread(-1, &[1]), None);
    assert_eq!(spread(1, &[2, -1]), None);
    assert_eq!(spread(0, &[0, 0]), Some(vec![0, 0]));
    assert_eq!(spread(0, &[]), Some(vec![]));
}

#[test]
fn the_largest_amounts_are_spread_without_an_overflow() {
    let parts = spread(i64::MAX, &[i64::MAX, i64::MAX, i64::MAX]).unwrap();
    assert_eq!(Won::sum(parts.into_iter().map(Won::new)), Some(Won::new(i64::MAX)));
}

#[test]
fn a_discount_is_carried_by_the_units_left_rounded_up() {
    let carried = |left| carried_by(Won::new(100), left, 3).unwrap().amount();
    assert_eq!([carried(3), carried(2), carried(1), carried(0)], [100, 67, 34, 0]);
    assert_eq!(carried_by(Won::new(i64::MAX), i64::MAX, i64::MAX), Some(Won::new(i64::MAX)));
}

#[test]
fn a_line_that_cannot_be_carries_nothing() {
    assert_eq!(carried_by(Won::new(1), 1, 0), None);
    assert_eq!(carried_by(Won::new(1), 2, 1), None);
    assert_eq!(carried_by(Won::new(1), -1, 1), None);
    assert_eq!(carried_by(Won::new(-1), 1, 1), None);
}

#[test]
fn wide_and_everyday_products_are_spread_alike() {
    let weights = [3, 3, 1, 7, 7, 2];
    let wide: Vec<i64> = weights.iter().map(|weight| weight * 1_000_000_000_000).collect();
    for total in [1, 2, 11, 1_000, 999_999_999_999] {
        assert_eq!(spread(total, &weights), spread(total, &wide), "{total}");
    }
}

/// Whatever was split in it before, refused totals and wide products included.
#[test]
fn room_used_again_leaves_no_trace() {
    let mut spreader = Spreader::default();
    let wide = [i64::MAX, i64::MAX];
    let all: [(i64, &[i64]); 6] =
        [(10, &[1, 1, 1]), (-1, &[1]), (1, &wide), (0, &[3, 0]), (1, &[]), (11, &[1, 1, 1])];
    for (total, weights) in all.into_iter().chain(all) {
        let parts = spreader.spread(Won::new(total), weights).map(<[Won]>::to_vec);
        assert_eq!(parts, spread_by_weight(Won::new(total), weights), "{total} over {weights:?}");
    }
}

#[test]
fn what_a_line_earned_is_given_back_with_its_units() {
    let back = |before, gone| given_back(Won::new(100), before, gone, 3).unwrap().amount();
    assert_eq!([back(0, 1), back(1, 2), back(2, 3), back(0, 3)], [33, 33, 34, 100]);
    assert_eq!(given_back(Won::new(i64::MAX), 0, i64::MAX, i64::MAX), Some(Won::new(i64::MAX)));
    for (before, gone, units) in [(1, 0, 3), (-1, 0, 3), (0, 4, 3), (0, 0, 0)] {
        assert_eq!(given_back(Won::new(1), before, gone, units), None);
    }
    assert_eq!(given_back(Won::new(-1), 0, 1, 1), None);
}

proptest! {
    #[test]
    fn any_split_of_the_units_gives_the_same_back(earned in 0_i64..1_000_000, units in 1_i64..60, cuts in prop::collection::vec(0_i64..60, 0..6)) {
        let mut stops: Vec<i64> = cuts.into_iter().map(|cut| cut.min(units)).chain([0, units]).collect();
        stops.sort_unstable();
        let mut sum = 0;
        for pair in stops.windows(2) {
            let back = given_back(Won::new(earned), pair[0], pair[1], units).unwrap();
            prop_assert!(!back.is_negative());
            sum += back.amount();
        }
        prop_assert_eq!(sum, earned);
    }

    #[test]
    fn parts_add_up_and_each_is_within_one_of_its_exact_share(
        total in 0_i64..2_000_000,
        weights in prop::collection::vec(0_i64..1_000, 1..40),
    ) {
        let weight_sum: i64 = weights.iter().sum();
        prop_assume!(weight_sum > 0);
        let parts = spread(total, &weights).unwrap();
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        for (part, weight) in parts.iter().zip(&weights) {
            let gap = part * weight_sum - total * weight;
            prop_assert!(-weight_sum < gap && gap < weight_sum);
            prop_assert!(*weight > 0 || *part == 0);
        }
    }

    /// Weights a trillion times as heavy take the wide arithmetic.
    #[test]
    fn wide_and_everyday_arithmetic_agree(
        total in prop_oneof![0_i64..100_000, 0_i64..4_000_000_000_000], weights in prop::collection::vec(0_i64..2_000_000, 1..40),
    ) {
        let wide: Vec<i64> = weights.iter().map(|weight| weight * 1_000_000_000_000).collect();
        prop_assert_eq!(spread(total, &weights), spread(total, &wide));
    }

    #[test]
    fn equal_weights_differ_by_one_won_at_most_and_the_first_have_it(total in 0_i64..10_000, count in 1_usize..50) {
        let parts = spread(total, &vec![7; count]).unwrap();
        prop_assert!(parts.is_sorted_by(|earlier, later| earlier >= later));
        prop_assert!(parts.first().unwrap() - parts.last().unwrap() <= 1);
    }

    #[test]
    fn what_is_carried_starts_whole_ends_at_nothing_and_never_grows(discount in 0_i64..1_000_000, units in 1_i64..200) {
        let carried = |left| carried_by(Won::new(discount), left, units).unwrap();
        prop_assert_eq!(carried(units), Won::new(discount));
        prop_assert_eq!(carried(0), Won::ZERO);
        for left in 0..units {
            prop_assert!(carried(left) <= carried(left + 1));
            let gap = carried(left).amount() * units - discount * left;
            prop_assert!((0..units).contains(&gap));
        }
    }
}
