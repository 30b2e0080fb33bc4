//! The contract's example order, worked by hand.
//!
//! 3 × 20,000 = 60,000. P11/CI0001 takes off 6,000 (from 30,000), P12/CI0002 5,000 (from 50,000): D = 11,000.
//! The line carries 11,000 with 3 left, ⌈11,000 × 2/3⌉ = 7,334 with 2, ⌈11,000 × 1/3⌉ = 3,667 with 1.
//! Delivery 3,000 is free from 50,000; as ordered 60,000 − 6,000 = 54,000 counted, so it was free.
//! Paid: 49,000 = 46,000 by card (PAY1) and 3,000 in mileage (PAY2). A tumbler comes from 50,000 on.

use commerce::ClaimReason;

use crate::domain::money::ClaimCost;
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, contract_order, costs_of, coupons_of, net_of, refunds_of,
};

struct Expected<'a> {
    /// Goods, discount.
    goods: (i64, i64),
    costs: &'a [&'a str],
    coupons: &'a [&'a str],
    gifts: usize,
    net: i64,
    refunds: &'a [&'a str],
}

#[track_caller]
fn check(story: &mut Story, reason: ClaimReason, quantity: i64, expected: &Expected<'_>) -> ClaimCost {
    let cost = story.cancel(reason, &[(1, quantity)]).expect("nothing stands in the way");
    let goods = &cost.goods[0];
    assert_eq!((goods.goods_amount.amount(), goods.discount_amount.amount()), expected.goods, "goods");
    assert_eq!(costs_of(&cost), expected.costs, "costs");
    assert_eq!(coupons_of(&cost), expected.coupons, "coupons");
    assert_eq!(cost.cancelled_gifts.len(), expected.gifts, "gifts");
    assert_eq!(net_of(&cost), expected.net, "net");
    assert_eq!(refunds_of(&cost), expected.refunds, "refunds");
    cost
}

/// First unit: 20,000 − (11,000 − 7,334 = 3,666). Left 40,000: P11 holds (30,000), P12 does not (50,000) and is
/// worth ⌈11,000 × 2/3⌉ − ⌈6,000 × 2/3⌉ = 7,334 − 4,000 = 3,334. Delivery: 40,000 − ⌈6,000 × 2/3⌉ = 36,000 is
/// below 50,000, so 3,000 is due. 20,000 − 3,666 − 3,334 − 3,000 = 10,000.
const FIRST_UNIT: Expected<'static> = Expected {
    goods: (20_000, 3_666),
    costs: &["10 3000 by 10", "40 3334 by 10"],
    coupons: &["CI0002"],
    gifts: 1,
    net: 10_000,
    refunds: &["PAY1 10000"],
};

/// Two units at once: 40,000 − (11,000 − 3,667 = 7,333). Left 20,000: both fall. P11 comes first: 3,667 −
/// ⌈5,000/3⌉ = 3,667 − 1,667 = 2,000; then P12: 1,667 − 0. Delivery 3,000.
/// 40,000 − 7,333 − 2,000 − 1,667 − 3,000 = 26,000, as one by one.
const FIRST_TWO_UNITS: Expected<'static> = Expected {
    goods: (40_000, 7_333),
    costs: &["10 3000 by 10", "40 2000 by 10", "40 1667 by 10"],
    coupons: &["CI0001", "CI0002"],
    gifts: 1,
    net: 26_000,
    refunds: &["PAY1 26000"],
};

/// The last unit after both discounts fell: 20,000 and the fee of 3,000 back; the card has 20,000 left.
const LAST_UNIT: Expected<'static> = Expected {
    goods: (20_000, 0),
    costs: &["10 -3000 by 10"],
    coupons: &[],
    gifts: 0,
    net: 23_000,
    refunds: &["PAY1 20000", "PAY2 3000"],
};

#[test]
fn one_by_one() {
    let mut story = Story::of(contract_order());
    let first = check(&mut story, CUSTOMER, 1, &FIRST_UNIT);
    assert_eq!(first.revoked_discounts().map(|one| one.amount.amount()).collect::<Vec<_>>(), [3_334]);
    // D = 6,000 now: 4,000 with 2 left, 2,000 with 1. Left 20,000 < 30,000: P11 is worth 2,000 − 0.
    // The fee was charged already. 20,000 − 2,000 − 2,000 = 16,000.
    let second = Expected {
        goods: (20_000, 2_000),
        costs: &["40 2000 by 10"],
        coupons: &["CI0001"],
        gifts: 0,
        net: 16_000,
        refunds: &["PAY1 16000"],
    };
    check(&mut story, CUSTOMER, 1, &second);
    check(&mut story, CUSTOMER, 1, &LAST_UNIT);
}

#[test]
fn two_and_then_one() {
    let mut story = Story::of(contract_order());
    check(&mut story, CUSTOMER, 2, &FIRST_TWO_UNITS);
    check(&mut story, CUSTOMER, 1, &LAST_UNIT);
}

#[test]
fn one_and_then_two() {
    let mut story = Story::of(contract_order());
    check(&mut story, CUSTOMER, 1, &FIRST_UNIT);
    // D = 6,000, all 4,000 of it goes with the last two units; the fee comes back.
    // 40,000 − 4,000 + 3,000 = 39,000; the card has 36,000 left.
    let rest = Expected {
        goods: (40_000, 4_000),
        costs: &["10 -3000 by 10"],
        coupons: &["CI0001"],
        gifts: 0,
        net: 39_000,
        refunds: &["PAY1 36000", "PAY2 3000"],
    };
    check(&mut story, CUSTOMER, 2, &rest);
}

#[test]
fn all_at_once() {
    for reason in [CUSTOMER, VENDOR] {
        let mut story = Story::of(contract_order());
        let all = Expected {
            goods: (60_000, 11_000),
            costs: &[],
            coupons: &["CI0001", "CI0002"],
            gifts: 1,
            net: 49_000,
            refunds: &["PAY1 46000", "PAY2 3000"],
        };
        let cost = check(&mut story, reason, 3, &all);
        assert_eq!(cost.mileage_restored.amount(), 3_000);
        assert!(!cost.needs_refund_account);
    }
}

#[test]
fn one_by_one_by_the_vendors_fault() {
    let mut story = Story::of(contract_order());
    // Nothing is taken back and the tumbler stays; the vendor bears the fee, the customer sees none of it.
    let first = Expected {
        goods: (20_000, 3_666),
        costs: &["10 3000 by 20"],
        coupons: &[],
        gifts: 0,
        net: 16_334,
        refunds: &["PAY1 16334"],
    };
    check(&mut story, VENDOR, 1, &first);
    let second =
        Expected { goods: (20_000, 3_667), costs: &[], net: 16_333, refunds: &["PAY1 16333"], ..first };
    check(&mut story, VENDOR, 1, &second);
    // The vendor gets its fee back, both coupons return, and nothing is left for a gift.
    // 46,000 − 16,334 − 16,333 = 13,333 are left on the card.
    let last = Expected {
        goods: (20_000, 3_667),
        costs: &["10 -3000 by 20"],
        coupons: &["CI0001", "CI0002"],
        gifts: 1,
        net: 16_333,
        refunds: &["PAY1 13333", "PAY2 3000"],
    };
    check(&mut story, VENDOR, 1, &last);
}

#[test]
fn the_customer_after_the_vendor_is_judged_by_what_is_left_then() {
    let mut story = Story::of(contract_order());
    story.cancel(VENDOR, &[(1, 1)]).unwrap();
    // Of 2 left one stays: 20,000 − (7,334 − 3,667) = 16,333. P11: 3,667 − 1,667 = 2,000, P12: 1,667.
    // The vendor pays for the delivery already. 16,333 − 3,667 = 12,666.
    let second = Expected {
        goods: (20_000, 3_667),
        costs: &["40 2000 by 10", "40 1667 by 10"],
        coupons: &["CI0001", "CI0002"],
        gifts: 1,
        net: 12_666,
        refunds: &["PAY1 12666"],
    };
    check(&mut story, CUSTOMER, 1, &second);
    // 49,000 − 16,334 − 12,666 = 20,000 are left to give back, and the vendor's fee is reversed.
    let last = Expected {
        goods: (20_000, 0),
        costs: &["10 -3000 by 20"],
        coupons: &[],
        gifts: 0,
        net: 20_000,
        refunds: &["PAY1 17000", "PAY2 3000"],
    };
    check(&mut story, CUSTOMER, 1, &last);
}
