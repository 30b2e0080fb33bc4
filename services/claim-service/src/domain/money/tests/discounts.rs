//! Rules 1 and 2: discounts that go with the units, and discounts that are taken back.

use commerce::{PromotionType, Won, spread_by_weight};

use crate::domain::money::ClaimCost;
use crate::domain::order::{OrderFacts, PaidOrder};
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, coupons_of, line, line_discount, net_of, order, order_promotion,
};

/// Lines of (quantity, price), edited.
fn order_of(lines: &[(i64, i64)], edit: impl FnOnce(&mut OrderFacts)) -> PaidOrder {
    order(|facts| {
        facts.lines =
            (1..).zip(lines).map(|(seq, (quantity, price))| line(seq, 1, *quantity, *price)).collect();
        edit(facts);
    })
}

fn discounts(cost: &ClaimCost) -> Vec<i64> {
    cost.goods.iter().map(|goods| goods.discount_amount.amount()).collect()
}

fn taken_back(cost: &ClaimCost) -> Vec<(&str, i64)> {
    cost.taken_back.iter().map(|one| (one.id.promotion_no.as_str(), one.amount.amount())).collect()
}

#[test]
fn an_order_discount_spread_over_5000_and_1000_leaves_833_to_pay_after_the_first() {
    let shares = spread_by_weight(Won::new(1_000), &[5_000, 1_000]).unwrap();
    assert_eq!(shares, [Won::new(833), Won::new(167)]);
    let order = order_of(&[(1, 5_000), (1, 1_000)], |facts| {
        facts.promotions = vec![order_promotion("P1", None, None, &[(1, 833), (2, 167)])];
    });
    let mut story = Story::of(order);
    // Paid 5,000; 5,000 − 833 = 4,167 goes back and 833 stays paid.
    assert_eq!(net_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), 4_167);
    assert_eq!(net_of(&story.cancel(CUSTOMER, &[(2, 1)]).unwrap()), 833);
}

#[test]
fn a_hundred_off_600_and_400_gives_540_back_for_the_first() {
    let shares = spread_by_weight(Won::new(100), &[600, 400]).unwrap();
    assert_eq!(shares, [Won::new(60), Won::new(40)]);
    let order = order_of(&[(1, 600), (1, 400)], |facts| {
        facts.promotions = vec![order_promotion("P1", None, None, &[(1, 60), (2, 40)])];
    });
    assert_eq!(net_of(&Story::of(order).cancel(CUSTOMER, &[(1, 1)]).unwrap()), 540);
}

#[test]
fn two_of_three_at_ten_percent_off_give_180_back() {
    let order = order_of(&[(3, 100)], |facts| {
        facts.lines[0].discounts = vec![line_discount("P1", None, None, 30, 0)];
    });
    assert_eq!(net_of(&Story::of(order).cancel(CUSTOMER, &[(1, 2)]).unwrap()), 180);
}

#[test]
fn a_discount_that_does_not_divide_goes_with_the_units_to_the_won() {
    // 10 on 3: the line carries 10, 7, 4, 0 with 3, 2, 1, 0 left.
    let order = || {
        order_of(&[(3, 100)], |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", None, None, 10, 0)];
        })
    };
    for (requests, expected) in
        [(&[1, 1, 1][..], &[3, 3, 4][..]), (&[2, 1], &[6, 4]), (&[1, 2], &[3, 7]), (&[3], &[10])]
    {
        let mut story = Story::of(order());
        let costs = requests.iter().map(|quantity| story.cancel(CUSTOMER, &[(1, *quantity)]).unwrap());
        let seen: Vec<i64> = costs.flat_map(|cost| discounts(&cost)).collect();
        assert_eq!(seen, expected, "{requests:?}");
    }
}

#[test]
fn a_minimum_turns_below_it_and_not_at_it() {
    for (minimum, is_taken_back) in [(None, false), (Some(0), false), (Some(200), false), (Some(201), true)] {
        let order = order_of(&[(3, 100)], |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), minimum, 30, 0)];
        });
        let mut story = Story::of(order);
        let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        // With 2 left the line carries 20 of the 30.
        let expected: &[(&str, i64)] = if is_taken_back { &[("P1", 20)] } else { &[] };
        assert_eq!(taken_back(&cost), expected, "minimum {minimum:?}");
        assert_eq!(coupons_of(&cost).len(), expected.len());
    }
}

#[test]
fn a_discount_over_several_lines_is_judged_on_all_of_them_and_only_when_one_is_claimed() {
    let order = order_of(&[(1, 100), (1, 200), (1, 1_000)], |facts| {
        facts.promotions = vec![order_promotion("P1", Some("C1"), Some(250), &[(1, 10), (2, 20)])];
    });
    // A line it does not stand on.
    let mut story = Story::of(order);
    let cost = story.cancel(CUSTOMER, &[(3, 1)]).unwrap();
    assert!(cost.taken_back.is_empty() && cost.restored_coupons.is_empty());
    // 200 are left of its goods: below 250, and the second line still carries its 20.
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!(taken_back(&cost), [("P1", 20)]);
    assert_eq!(coupons_of(&cost), ["C1"]);
    assert_eq!(net_of(&cost), 100 - 10 - 20);
    // Taken back for ever: the last of its goods gives back its whole price, and the coupon stays restored.
    let cost = story.cancel(CUSTOMER, &[(2, 1)]).unwrap();
    assert_eq!((discounts(&cost), coupons_of(&cost), net_of(&cost)), (vec![0], vec![], 200));
}

#[test]
fn one_promotion_with_two_coupons_is_two_discounts_and_the_same_pair_on_two_lines_is_one() {
    let order = order_of(&[(1, 100), (1, 100), (1, 100)], |facts| {
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(150), 10, 0)];
        facts.lines[1].discounts = vec![line_discount("P1", Some("C1"), Some(150), 10, 0)];
        facts.lines[2].discounts = vec![line_discount("P1", Some("C2"), Some(50), 10, 0)];
    });
    let mut story = Story::of(order);
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!((taken_back(&cost), coupons_of(&cost)), (vec![("P1", 10)], vec!["C1"]));
    let cost = story.cancel(CUSTOMER, &[(3, 1)]).unwrap();
    assert_eq!((taken_back(&cost), coupons_of(&cost)), (vec![], vec!["C2"]));
}

#[test]
fn discounts_fall_one_after_the_other_by_promotion_and_coupon_as_strings() {
    // 5 on 2 units with 1 left: ⌈5/2⌉ = 3. P10 (1): 3 − ⌈4/2⌉ = 1. P9 without a coupon (1): 2 − ⌈3/2⌉ = 0.
    // P9 with one (3): 2 − 0 = 2. In any other order the parts would differ.
    let order = order_of(&[(2, 100)], |facts| {
        facts.lines[0].discounts = vec![
            line_discount("P9", Some("C1"), Some(150), 3, 0),
            line_discount("P9", None, Some(150), 1, 0),
            line_discount("P10", None, Some(150), 1, 0),
        ];
    });
    let cost = Story::of(order).cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!(taken_back(&cost), [("P10", 1), ("P9", 0), ("P9", 2)]);
    assert_eq!(cost.revoked_discounts().count(), 2);
}

#[test]
fn a_discount_taken_back_for_nothing_is_kept_and_its_coupon_comes_back() {
    // 3 on 3, of which C1 gave 1: with 1 left ⌈3/3⌉ − ⌈2/3⌉ = 1 − 1 = 0.
    let order = order_of(&[(3, 100)], |facts| {
        facts.lines[0].discounts =
            vec![line_discount("P1", Some("C1"), Some(250), 1, 0), line_discount("P2", None, None, 2, 0)];
    });
    let mut story = Story::of(order);
    let cost = story.cancel(CUSTOMER, &[(1, 2)]).unwrap();
    assert_eq!(taken_back(&cost), [("P1", 0)]);
    assert_eq!(coupons_of(&cost), ["C1"]);
    assert!(cost.revoked_discounts().next().is_none());
    assert!(cost.additional_costs.is_empty() && cost.cost_rows.is_empty());
    assert!(story.history.is_taken_back(&cost.taken_back[0].id));
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), Vec::<&str>::new());
}

#[test]
fn a_vendors_fault_takes_nothing_back_until_the_customer_cancels() {
    let order = order_of(&[(4, 100)], |facts| {
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(350), 40, 0)];
    });
    let mut story = Story::of(order);
    let cost = story.cancel(VENDOR, &[(1, 2)]).unwrap();
    assert_eq!((taken_back(&cost), net_of(&cost)), (vec![], 180));
    // The minimum is judged at each claim: 100 left carry 10.
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!((taken_back(&cost), net_of(&cost)), (vec![("P1", 10)], 100 - 10 - 10));
    assert_eq!(net_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), 100);
}

#[test]
fn a_coupon_comes_back_when_nothing_it_stands_on_is_left() {
    let order = order_of(&[(2, 100)], |facts| {
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), None, 20, 0)];
    });
    for reason in [CUSTOMER, VENDOR] {
        let mut story = Story::of(order.clone());
        assert_eq!(coupons_of(&story.cancel(reason, &[(1, 1)]).unwrap()), Vec::<&str>::new());
        assert_eq!(coupons_of(&story.cancel(reason, &[(1, 1)]).unwrap()), ["C1"]);
    }
}

#[test]
fn a_coupon_behind_two_promotions_comes_back_with_the_last_of_them() {
    let order = order_of(&[(1, 100), (1, 100)], |facts| {
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), None, 20, 0)];
        facts.lines[1].discounts = vec![line_discount("P2", Some("C1"), None, 20, 0)];
    });
    let mut story = Story::of(order);
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), Vec::<&str>::new());
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(2, 1)]).unwrap()), ["C1"]);
}

#[test]
fn a_promotion_on_no_line_ends_with_the_order() {
    let order = order_of(&[(2, 100)], |facts| {
        facts.promotions = vec![order_promotion("P1", Some("C1"), Some(1_000), &[])];
    });
    let mut story = Story::of(order);
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), Vec::<&str>::new());
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), ["C1"]);
}

#[test]
fn only_free_goods_left_count_as_nothing_left_of_a_discounts_goods() {
    // Once the shirt is gone the free sample can't hold the coupon any longer, however the units were split.
    for requests in [&[(1, 2)][..], &[(1, 1), (1, 1)]] {
        let order = order_of(&[(2, 100), (1, 0)], |facts| {
            facts.promotions = vec![order_promotion("P1", Some("C1"), Some(150), &[(1, 20), (2, 0)])];
        });
        let mut story = Story::of(order);
        let costs: Vec<_> = requests.iter().map(|line| story.cancel(CUSTOMER, &[*line]).unwrap()).collect();
        let restored: usize = costs.iter().map(|cost| cost.restored_coupons.len()).sum();
        assert_eq!((restored, costs.iter().map(net_of).sum::<i64>()), (1, 180));
    }
}

#[test]
fn a_benefit_that_takes_nothing_off_still_gives_its_coupon_back() {
    let order = order_of(&[(1, 100)], |facts| {
        let mut discount = line_discount("P15", Some("C15"), None, 0, 0);
        discount.terms.promotion_type = PromotionType::FreeReturnCoupon;
        facts.lines[0].discounts = vec![discount];
    });
    assert_eq!(coupons_of(&Story::of(order).cancel(CUSTOMER, &[(1, 1)]).unwrap()), ["C15"]);
}
