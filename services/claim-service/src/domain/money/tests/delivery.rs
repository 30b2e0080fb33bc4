//! Rule 3: delivery fees.

use commerce::{ClaimReason, CostBearer};

use crate::domain::order::{DeliveryGroup, OrderFacts};
use crate::domain::policy::{BlameRules, Policy};
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, costs_of, coupons_of, delivery_coupon, group, line, line_discount, net_of,
    order, order_promotion,
};

/// 3 × 100 in one group.
fn story(group: DeliveryGroup, edit: impl FnOnce(&mut OrderFacts)) -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 3, 100)];
        facts.groups = vec![group];
        edit(facts);
    }))
}

/// The costs of cancelling units one by one.
#[track_caller]
fn check(mut story: Story, reasons: &[ClaimReason], expected: &[&[&str]]) {
    let costs: Vec<Vec<String>> =
        reasons.iter().map(|reason| costs_of(&story.cancel(*reason, &[(1, 1)]).unwrap())).collect();
    assert_eq!(costs, expected);
}

const ALL_THREE: &[ClaimReason] = &[CUSTOMER, CUSTOMER, CUSTOMER];

#[test]
fn a_fee_becomes_due_once_when_free_delivery_is_lost_and_goes_back_with_the_last_unit() {
    let free_from = |amount| story(group(1, 30, Some(amount), 0), |_| {});
    check(free_from(300), ALL_THREE, &[&["10 30 by 10"], &[], &["10 -30 by 10"]]);
    check(free_from(201), ALL_THREE, &[&["10 30 by 10"], &[], &["10 -30 by 10"]]);
    // 200 left still reach 200.
    check(free_from(200), ALL_THREE, &[&[], &["10 30 by 10"], &["10 -30 by 10"]]);
    check(free_from(100), ALL_THREE, &[&[], &[], &[]]);
    // As ordered it was not reached either, so it was free for another reason.
    check(free_from(301), ALL_THREE, &[&[], &[], &[]]);
    // 0 and none mean that no amount makes it free.
    check(free_from(0), ALL_THREE, &[&[], &[], &[]]);
    check(story(group(1, 30, None, 0), |_| {}), ALL_THREE, &[&[], &[], &[]]);
    // Nothing to charge.
    check(story(group(1, 0, Some(300), 0), |_| {}), ALL_THREE, &[&[], &[], &[]]);
}

#[test]
fn a_fee_already_charged_stays_until_the_group_is_gone() {
    check(story(group(1, 30, Some(301), 30), |_| {}), ALL_THREE, &[&[], &[], &["10 -30 by 10"]]);
    check(story(group(1, 30, Some(300), 30), |_| {}), ALL_THREE, &[&[], &[], &["10 -30 by 10"]]);
}

#[test]
fn own_discounts_count_against_the_free_amount_as_ordered_and_order_promotions_do_not() {
    let with_own = |free_from| {
        story(group(1, 30, Some(free_from), 0), |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", None, Some(250), 30, 0)];
        })
    };
    let fees = |mut story: Story| -> Vec<usize> {
        let costs = (0..3).map(|_| story.cancel(CUSTOMER, &[(1, 1)]).unwrap());
        costs
            .map(|cost| {
                cost.additional_costs
                    .iter()
                    .filter(|row| row.group_no.is_some() && row.amount.is_positive())
                    .count()
            })
            .collect()
    };
    // 270 as ordered; 180, 90 and 0 later, although the discount itself is taken back at once.
    assert_eq!(fees(with_own(271)), [0, 0, 0]);
    assert_eq!(fees(with_own(270)), [1, 0, 0]);
    assert_eq!(fees(with_own(180)), [0, 1, 0]);
    assert_eq!(fees(with_own(90)), [0, 0, 0]);
    let with_cart = story(group(1, 30, Some(200), 0), |facts| {
        facts.promotions = vec![order_promotion("P1", None, None, &[(1, 150)])];
    });
    assert_eq!(fees(with_cart), [0, 1, 0]);
}

#[test]
fn the_vendor_bears_the_fee_for_its_fault_and_gets_it_back() {
    let free = || story(group(1, 30, Some(300), 0), |_| {});
    check(free(), &[VENDOR, VENDOR, VENDOR], &[&["10 30 by 20"], &[], &["10 -30 by 20"]]);
    // Whoever was charged first keeps it, whosever fault the rest is.
    check(free(), &[VENDOR, CUSTOMER, CUSTOMER], &[&["10 30 by 20"], &[], &["10 -30 by 20"]]);
    check(free(), &[CUSTOMER, VENDOR, VENDOR], &[&["10 30 by 10"], &[], &["10 -30 by 10"]]);
}

#[test]
fn a_fee_of_the_vendors_does_not_touch_the_refund() {
    let mut story = story(group(1, 30, Some(300), 0), |_| {});
    let nets: Vec<i64> = (0..3).map(|_| net_of(&story.cancel(VENDOR, &[(1, 1)]).unwrap())).collect();
    assert_eq!(nets, [100, 100, 100]);
}

#[test]
fn a_policy_may_have_our_side_bear_the_fee() {
    let mut story = story(group(1, 30, Some(300), 0), |_| {});
    let vendor = BlameRules { fee_bearer: CostBearer::OurSide, ..Policy::CONTRACT.vendor };
    story.policy = Policy { vendor, ..Policy::CONTRACT };
    let costs: Vec<Vec<String>> =
        (0..3).map(|_| costs_of(&story.cancel(VENDOR, &[(1, 1)]).unwrap())).collect();
    assert_eq!(costs, [vec!["10 30 by 30"], vec![], vec!["10 -30 by 30"]]);
}

#[test]
fn what_the_coupon_paid_does_not_go_back_in_money() {
    for (coupon, last) in [(10, &["10 -20 by 10"][..]), (30, &[])] {
        let mut group = group(1, 30, Some(301), 30);
        group.coupon = Some(delivery_coupon("CD1", coupon));
        check(story(group, |_| {}), ALL_THREE, &[&[], &[], last]);
    }
}

#[test]
fn a_delivery_coupon_comes_back_with_the_last_unit_of_its_groups() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 2, 100), line(2, 2, 1, 100), line(3, 3, 1, 100)];
        facts.groups = (1..=3).map(|number| group(number, 30, None, 30)).collect();
        facts.groups[0].coupon = Some(delivery_coupon("CD1", 30));
        facts.groups[1].coupon = Some(delivery_coupon("CD2", 30));
        facts.groups[2].coupon = Some(delivery_coupon("CD2", 30));
    }));
    let none: Vec<&str> = Vec::new();
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), none);
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), ["CD1"]);
    // CD2 still pays for the other group.
    assert_eq!(coupons_of(&story.cancel(CUSTOMER, &[(2, 1)]).unwrap()), none);
    assert_eq!(coupons_of(&story.cancel(VENDOR, &[(3, 1)]).unwrap()), ["CD2"]);
}

#[test]
fn no_fee_becomes_due_where_a_delivery_coupon_was_applied() {
    let mut with_coupon = group(1, 30, Some(300), 0);
    with_coupon.coupon = Some(delivery_coupon("CD1", 0));
    check(story(with_coupon, |_| {}), ALL_THREE, &[&[], &[], &[]]);
}

#[test]
fn groups_are_judged_apart_and_only_when_concerned() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 100), line(2, 1, 1, 100), line(3, 2, 1, 100), line(4, 2, 1, 100)];
        facts.groups = vec![group(1, 30, Some(200), 0), group(2, 40, Some(200), 0)];
    }));
    let cost = story.cancel(CUSTOMER, &[(1, 1), (3, 1)]).unwrap();
    assert_eq!(costs_of(&cost), ["10 30 by 10", "10 40 by 10"]);
    assert_eq!(net_of(&cost), 200 - 70);
    assert_eq!(costs_of(&story.cancel(CUSTOMER, &[(2, 1)]).unwrap()), ["10 -30 by 10"]);
    assert_eq!(costs_of(&story.cancel(CUSTOMER, &[(4, 1)]).unwrap()), ["10 -40 by 10"]);
}

#[test]
fn the_fee_of_a_group_without_lines_goes_back_with_the_last_unit_of_the_order() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 2, 100)];
        facts.groups = vec![group(1, 30, None, 0), group(2, 40, None, 40)];
    }));
    assert_eq!(net_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), 100);
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!((costs_of(&cost), net_of(&cost)), (vec!["10 -40 by 10".to_owned()], 140));
}
