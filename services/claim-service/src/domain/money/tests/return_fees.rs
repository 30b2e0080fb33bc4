//! Rules 10 and 11: the way out and the way back, as shops publish them.

use commerce::{Blame, ClaimReason, CollectionMethod, Won};

use crate::domain::money::ClaimCost;
use crate::domain::money::terms::ReturnTerms;
use crate::domain::order::DeliveryGroup;
use crate::domain::policy::{Policy, ReturnOutbound};
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, costs_of, coupons_of, delivery_coupon, group, line, net_of, order,
};

/// One unit each at these prices, all in one group.
fn story(prices: &[i64], group: DeliveryGroup) -> Story {
    Story::of(order(|facts| {
        let lines = (1..).zip(prices).map(|(seq, price)| line(seq, 1, 1, *price));
        facts.lines = lines.collect();
        facts.groups = vec![group];
    }))
}

fn with_return_fee(fee: i64, group: DeliveryGroup) -> DeliveryGroup {
    DeliveryGroup { return_fee: Won::new(fee), ..group }
}

/// What the customer pays for the ways when these lines come back for a change of mind.
#[track_caller]
fn check(mut story: Story, lines: &[i32], fees: i64) {
    let lines: Vec<(i32, i64)> = lines.iter().map(|seq| (*seq, 1)).collect();
    let worth: i64 = lines.iter().map(|(seq, _)| story.order.line(*seq).unwrap().unit_price.amount()).sum();
    let cost = story.settle(&story.terms(Blame::Customer, &lines));
    assert_eq!(worth - net_of(&cost), fees, "{:?}", costs_of(&cost));
}

#[test]
fn published_fee_rules_of_shops_come_out() {
    let free_from_100_000 = || group(1, 3_000, Some(100_000), 0);
    check(story(&[60_000, 60_000], free_from_100_000()), &[1], 6_000);
    check(story(&[60_000, 100_000], free_from_100_000()), &[1], 3_000);
    check(story(&[60_000, 60_000], free_from_100_000()), &[1, 2], 6_000);
    // A fee paid on the way out is not given back.
    check(story(&[30_000], group(1, 3_000, Some(50_000), 3_000)), &[1], 3_000);
    check(story(&[19_800], group(1, 2_500, Some(19_800), 0)), &[1], 5_000);
    check(story(&[30_000], with_return_fee(3_000, group(1, 2_500, Some(30_000), 0))), &[1], 5_500);
    let free_always = || DeliveryGroup { first_fee: Won::new(3_000), ..group(1, 3_000, None, 0) };
    check(story(&[30_000], free_always()), &[1], 6_000);
    check(story(&[30_000, 10_000], free_always()), &[1], 3_000);
    // The second time nothing is kept.
    let mut one_by_one = story(&[30_000, 10_000], free_always());
    let first = one_by_one.settle(&one_by_one.terms(Blame::Customer, &[(1, 1)]));
    let second = one_by_one.settle(&one_by_one.terms(Blame::Customer, &[(2, 1)]));
    assert_eq!(
        (costs_of(&first), costs_of(&second)),
        (vec!["20 3000 by 10".to_owned()], vec!["10 3000 by 10".to_owned(), "20 3000 by 10".to_owned()])
    );
}

#[derive(Clone, Copy)]
enum Step {
    Cancel(ClaimReason),
    Return(Blame),
}

use Step::{Cancel, Return};

/// The kind 10 rows of one unit after the other, under both choices of a policy.
#[track_caller]
fn check_outbound(group: &DeliveryGroup, steps: &[Step], used: &[&[&str]], never_used: &[&[&str]]) {
    for (return_outbound, expected) in [(ReturnOutbound::Used, used), (ReturnOutbound::NeverUsed, never_used)]
    {
        let mut story = story(&vec![100; steps.len()], group.clone());
        story.policy = Policy { return_outbound, ..Policy::CONTRACT };
        let rows = (1..).zip(steps).map(|(seq, step)| {
            let cost = one_step(&mut story, *step, seq);
            costs_of(&cost).into_iter().filter(|row| row.starts_with("10 ")).collect::<Vec<_>>()
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{return_outbound:?}");
    }
}

fn one_step(story: &mut Story, step: Step, seq: i32) -> ClaimCost {
    match step {
        Cancel(reason) => story.cancel(reason, &[(seq, 1)]).unwrap(),
        Return(blame) => story.settle(&story.terms(blame, &[(seq, 1)])),
    }
}

#[test]
fn who_used_the_delivery_pays_for_it_unless_the_policy_says_otherwise() {
    let free = group(1, 30, Some(200), 0);
    let mind = || Return(Blame::Customer);
    let fault = || Return(Blame::Vendor);
    check_outbound(&free, &[mind(), mind()], &[&["10 30 by 10"], &[]], &[&[], &[]]);
    check_outbound(
        &free,
        &[Cancel(CUSTOMER), mind()],
        &[&["10 30 by 10"], &[]],
        &[&["10 30 by 10"], &["10 -30 by 10"]],
    );
    check_outbound(&free, &[mind(), Cancel(CUSTOMER)], &[&["10 30 by 10"], &[]], &[&[], &[]]);
    check_outbound(&free, &[mind(), Cancel(VENDOR)], &[&["10 30 by 10"], &[]], &[&[], &[]]);
    // Nothing of the fee is the customer's when goods are at fault.
    check_outbound(&free, &[fault(), fault()], &[&["10 30 by 20"], &["10 -30 by 20"]], &[&[], &[]]);
    check_outbound(&free, &[fault(), mind()], &[&["10 30 by 20"], &[]], &[&[], &[]]);
    let carrier = || Return(Blame::Carrier);
    check_outbound(&free, &[carrier(), carrier()], &[&["10 30 by 30"], &["10 -30 by 30"]], &[&[], &[]]);
    // A fee that was paid stays, or goes back with the last unit.
    let paid = group(1, 30, Some(999), 30);
    check_outbound(&paid, &[mind(), mind()], &[&[], &[]], &[&[], &["10 -30 by 10"]]);
    check_outbound(&paid, &[mind(), Cancel(CUSTOMER)], &[&[], &[]], &[&[], &["10 -30 by 10"]]);
    check_outbound(&paid, &[fault(), fault()], &[&[], &["10 -30 by 10"]], &[&[], &["10 -30 by 10"]]);
}

#[test]
fn a_cancel_that_leaves_nothing_after_a_return_charges_what_the_return_saved() {
    // 100 of 200 still reach 100; then nothing is left of a delivery that was used.
    let free = group(1, 30, Some(100), 0);
    let steps = [Return(Blame::Customer), Cancel(CUSTOMER)];
    check_outbound(&free, &steps, &[&[], &["10 30 by 10"]], &[&[], &[]]);
    let by_vendor = [Return(Blame::Customer), Cancel(VENDOR)];
    check_outbound(&free, &by_vendor, &[&[], &["10 30 by 20"]], &[&[], &[]]);
    let first_fee = DeliveryGroup { first_fee: Won::new(40), ..group(1, 30, None, 0) };
    check_outbound(&first_fee, &steps, &[&[], &["10 40 by 10"]], &[&[], &[]]);
    let cancels = [Cancel(CUSTOMER), Cancel(CUSTOMER)];
    check_outbound(&first_fee, &cancels, &[&[], &[]], &[&[], &[]]);
}

#[test]
fn the_coupon_of_a_delivery_that_was_used_stays_used() {
    let restored = |steps: [Step; 2], return_outbound| {
        let mut with_coupon = group(1, 30, Some(999), 30);
        with_coupon.coupon = Some(delivery_coupon("CD1", 30));
        let mut story = story(&[100, 100], with_coupon);
        story.policy = Policy { return_outbound, ..Policy::CONTRACT };
        let mut coupons = Vec::new();
        for (seq, step) in (1..).zip(steps) {
            let cost = one_step(&mut story, step, seq);
            assert!(costs_of(&cost).iter().all(|row| row.starts_with("20 ")), "{:?}", costs_of(&cost));
            coupons.extend(coupons_of(&cost).iter().map(ToString::to_string));
        }
        coupons
    };
    let (mind, fault) = (Return(Blame::Customer), Return(Blame::Vendor));
    for (steps, is_used) in [
        ([mind, mind], true),
        ([Cancel(CUSTOMER), mind], true),
        ([mind, Cancel(CUSTOMER)], true),
        ([mind, fault], true),
        ([fault, fault], false),
        ([Cancel(CUSTOMER), fault], false),
    ] {
        let expected: &[&str] = if is_used { &[] } else { &["CD1"] };
        assert_eq!(restored(steps, ReturnOutbound::Used), expected);
        assert_eq!(restored(steps, ReturnOutbound::NeverUsed), ["CD1"]);
    }
}

#[test]
fn a_policy_decides_who_bears_the_ways_of_its_division() {
    let mut story = story(&[100, 100], group(1, 30, Some(200), 0));
    let customer = crate::domain::policy::BlameRules {
        fee_bearer: commerce::CostBearer::Vendor,
        ..Policy::CONTRACT.customer
    };
    story.policy = Policy { customer, ..Policy::CONTRACT };
    let terms = story.terms(Blame::Customer, &[(1, 1)]);
    let cost = story.quote_return(&terms).unwrap();
    assert_eq!(
        (costs_of(&cost), net_of(&cost)),
        (vec!["10 30 by 20".to_owned(), "20 30 by 20".to_owned()], 100)
    );
    let prepaid = ReturnTerms { method: CollectionMethod::SentPrepaid, ..terms };
    assert_eq!(costs_of(&story.quote_return(&prepaid).unwrap()), ["10 30 by 20"]);
}
