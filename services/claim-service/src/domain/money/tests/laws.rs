//! The invariants of rule 8 and the identities of the answer, over generated orders and random cancels.
//!
//! Nothing here knows a formula: every law compares costs with each other, or with the order.

use std::collections::{BTreeMap, BTreeSet};

use commerce::{ClaimReason, CostBearer, CostKind, PayMeans};

use crate::domain::money::{CancelRefusal, ClaimCost};
use crate::domain::testing::generator::{paid_order, partly_refundable_order, policy, unpaid_order};
use crate::domain::testing::play::{cancel_all, some_units, split};
use crate::domain::testing::random::{Random, for_seeds};
use crate::domain::testing::{CUSTOMER, Story, VENDOR, net_of};
use crate::domain::vendors::burden;

/// What the contract says below `ClaimCost`, for any cost of a paid order.
fn check_identities(cost: &ClaimCost) {
    let net = net_of(cost);
    assert!(cost.refund.amount() >= 0 && cost.additional_payment.amount() >= 0);
    assert!(cost.refund.is_zero() || cost.additional_payment.is_zero());
    let goods: i64 = cost.goods.iter().map(|goods| goods.net_amount.amount()).sum();
    let by_customer: i64 = cost
        .additional_costs
        .iter()
        .filter(|row| row.bearer == CostBearer::Customer)
        .map(|row| row.amount.amount())
        .sum();
    assert_eq!(net, goods - by_customer, "Σ netAmt − Σ costs of the customer");
    assert_eq!(cost.refunds.iter().map(|row| row.amount.amount()).sum::<i64>(), cost.refund.amount());
    assert!(cost.refunds.iter().all(|row| row.amount.is_positive()));
    let mileage = cost.refunds.iter().filter(|row| row.means == PayMeans::Mileage);
    assert_eq!(mileage.map(|row| row.amount.amount()).sum::<i64>(), cost.mileage_restored.amount());
    assert_eq!(cost.calculation.iter().map(|line| line.amount().amount()).sum::<i64>(), net);
    for (place, line) in (1..).zip(&cost.calculation) {
        assert_eq!(line.seq(), place);
        assert_eq!(line.calculation().amount(), Some(line.amount()), "a line follows from its own inputs");
    }
    for goods in &cost.goods {
        assert_eq!(goods.goods_amount.amount() - goods.discount_amount.amount(), goods.net_amount.amount());
        assert!(goods.discount_amount.amount() >= 0 && goods.net_amount.amount() >= 0);
    }
    check_rows(cost);
    assert_eq!(
        cost.accrual_rows.iter().map(|row| row.amount.amount()).sum::<i64>(),
        cost.accrual_taken_back.amount()
    );
    assert!(cost.accrual_rows.iter().all(|row| row.amount.is_positive()));
}

/// Rows are not 0, one per group and bearer, and every discount taken back has its own.
fn check_rows(cost: &ClaimCost) {
    let mut seen = BTreeSet::new();
    for row in &cost.additional_costs {
        assert!(!row.amount.is_zero());
        let is_new = seen.insert((row.kind, row.group_no, row.bearer, row.discount.clone()));
        assert!(is_new, "one row per group and bearer, and per discount");
    }
    let stored = cost.cost_rows.iter().map(|row| (row.kind, row.group_no, row.amount, row.bearer));
    let shown = cost.additional_costs.iter().map(|row| (row.kind, row.group_no, row.amount, row.bearer));
    assert!(stored.eq(shown));
    let of_discounts = cost.additional_costs.iter().filter(|row| row.kind == CostKind::DiscountTakenBack);
    let of_discounts: Vec<_> = of_discounts.map(|row| (row.discount.clone(), row.amount)).collect();
    let revoked: Vec<_> = cost.revoked_discounts().map(|one| (Some(one.id.clone()), one.amount)).collect();
    assert_eq!(of_discounts, revoked);
    for taken_back in &cost.taken_back {
        assert!(taken_back.amount.amount() >= 0);
        let shares: i64 = taken_back.shares.iter().map(|share| share.amount.amount()).sum();
        assert_eq!(shares, taken_back.amount.amount());
    }
}

/// What claims have left behind when an order is cancelled in one way or another.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    net: i64,
    accrual: i64,
    refunded: BTreeMap<String, i64>,
    coupons: BTreeSet<String>,
    gifts: BTreeSet<usize>,
    fees: BTreeMap<(i32, CostBearer), i64>,
    vendor_relief: i64,
}

/// Executes requests and adds up, checking every cost on the way.
fn play(story: &mut Story, requests: &[(ClaimReason, Vec<(i32, i64)>)]) -> Sums {
    let mut sums = Sums::default();
    for (reason, request) in requests {
        let before: Vec<i64> = request.iter().map(|(seq, _)| story.left_of(*seq)).collect();
        let cost = story.cancel(*reason, request).expect("nothing stands in the way");
        check_identities(&cost);
        sums.net += net_of(&cost);
        sums.accrual += cost.accrual_taken_back.amount();
        for refund in &cost.refunds {
            *sums.refunded.entry(refund.payment_no.to_string()).or_default() += refund.amount.amount();
        }
        for coupon in &cost.restored_coupons {
            assert!(sums.coupons.insert(coupon.coupon_no.to_string()), "a coupon comes back once");
        }
        for gift in &cost.cancelled_gifts {
            assert!(sums.gifts.insert(gift.place), "a gift is cancelled once");
        }
        for row in cost.cost_rows.iter().filter(|row| row.kind == CostKind::DeliveryFee) {
            *sums.fees.entry((row.group_no.unwrap(), row.bearer)).or_default() += row.amount.amount();
        }
        for ((seq, _), before) in request.iter().zip(before) {
            let relief = burden::relief(&story.order, *seq, before, story.left_of(*seq)).unwrap();
            assert!(!relief.is_negative());
            sums.vendor_relief += relief.amount();
        }
        check_payments(story);
    }
    sums.fees.retain(|_, fee| *fee != 0);
    sums
}

fn check_payments(story: &Story) {
    for payment in story.order.payments() {
        assert!(story.history.refunded(&payment.number) <= payment.amount);
    }
    for payment in story.history.additional_payments() {
        assert!(story.history.refunded(&payment.payment_no) <= payment.amount);
    }
}

fn with_reason(reason: ClaimReason, requests: Vec<Vec<(i32, i64)>>) -> Vec<(ClaimReason, Vec<(i32, i64)>)> {
    requests.into_iter().map(|request| (reason, request)).collect()
}

#[test]
fn the_same_units_in_any_order_and_split_come_to_the_same() {
    for_seeds(35_000, |_, random| {
        let order = partly_refundable_order(random);
        let units = some_units(&order, random);
        let reason = random.pick(&[CUSTOMER, VENDOR]);
        let mut story = Story::of(order);
        if random.one_in(3) {
            story.policy = policy(random);
        }
        let whole = play(&mut story.clone(), &[(reason, units.clone())]);
        let requests = with_reason(reason, split(&units, random));
        let parts = play(&mut story, &requests);
        // What went in and out of payments on the way may differ; what it comes to may not.
        assert_eq!(Sums { refunded: BTreeMap::new(), ..parts }, Sums { refunded: BTreeMap::new(), ..whole });
    });
}

#[test]
fn from_any_state_the_same_units_in_any_order_and_split_come_to_the_same() {
    for_seeds(15_000, |_, random| {
        let order = partly_refundable_order(random);
        let first = some_units(&order, random);
        let mut start = Story::of(order);
        start.cancel(random.pick(&[CUSTOMER, VENDOR]), &first).unwrap();
        let left = start.everything_left();
        if left.is_empty() {
            return;
        }
        let units: Vec<(i32, i64)> =
            left.into_iter().map(|(seq, left)| (seq, random.between(1, left))).collect();
        let reason = random.pick(&[CUSTOMER, VENDOR]);
        let nets = [0, 1].map(|_| {
            let requests = split(&units, random);
            cancel_all(&mut start.clone(), reason, &requests)
        });
        assert_eq!(nets[0], nets[1]);
    });
}

#[test]
fn cancelling_everything_gives_back_everything_the_customer_paid() {
    for_seeds(35_000, |_, random| {
        let order = partly_refundable_order(random);
        let units: Vec<(i32, i64)> = order.lines().iter().map(|line| (line.seq, line.quantity)).collect();
        let requests: Vec<_> = split(&units, random)
            .into_iter()
            .map(|request| (random.pick(&[CUSTOMER, VENDOR]), request))
            .collect();
        let mut story = Story::of(order);
        if random.one_in(3) {
            story.policy = policy(random);
        }
        let sums = play(&mut story, &requests);
        let order = &story.order;
        let paid: i64 = order.payments().iter().map(|payment| payment.amount.amount()).sum();
        assert_eq!(sums.net, paid);
        for payment in order.payments() {
            assert_eq!(story.history.refunded(&payment.number), payment.amount);
        }
        for payment in story.history.additional_payments() {
            assert_eq!(story.history.refunded(&payment.payment_no), payment.amount);
        }
        assert_eq!(sums.accrual, order.accruals().iter().map(|row| row.amount.amount()).sum::<i64>());
        assert_eq!(sums.gifts.len(), order.gifts().len());
        let of_discounts = order.discounts().iter().filter_map(|discount| discount.id.coupon_no.as_ref());
        let of_groups =
            order.groups().iter().filter_map(|group| group.group.coupon.as_ref()?.coupon_no.as_ref());
        let used: BTreeSet<String> = of_discounts.chain(of_groups).map(ToString::to_string).collect();
        assert_eq!(sums.coupons, used, "every coupon comes back");
        for ((group_no, bearer), fee) in &sums.fees {
            // Charged and given back is 0; what is left is what the order had charged, less its coupon.
            assert_eq!(*bearer, CostBearer::Customer, "group {group_no}");
            let group = order.groups().iter().find(|group| group.group.number == *group_no).unwrap();
            let coupon = group.group.coupon.as_ref().map_or(0, |coupon| coupon.amount.amount());
            assert_eq!(-fee, group.group.fee_charged.amount() - coupon);
        }
    });
}

#[test]
fn payments_that_go_back_only_whole_never_stand_in_the_way_of_cancelling_everything() {
    for_seeds(10_000, |_, random| {
        let mut story = Story::of(paid_order(random));
        for _ in 0..3 {
            let left = story.everything_left();
            if left.is_empty() {
                break;
            }
            let (seq, most) = left[random.index(left.len())];
            let request = [(seq, random.between(1, most))];
            match story.cancel(random.pick(&[CUSTOMER, VENDOR]), &request) {
                Ok(cost) => check_identities(&cost),
                Err(CancelRefusal::PartialCancelNotAllowed(_)) => {}
                Err(other) => panic!("{other}"),
            }
            check_payments(&story);
        }
        let left = story.everything_left();
        if !left.is_empty() {
            check_identities(&story.cancel(CUSTOMER, &left).unwrap());
        }
        for payment in story.order.payments() {
            assert_eq!(story.history.refunded(&payment.number), payment.amount);
        }
    });
}

#[test]
fn a_vendors_fault_never_costs_the_customer_anything() {
    for_seeds(10_000, |_, random| {
        let order = partly_refundable_order(random);
        let mut story = Story::of(order);
        play_some(&mut story, random);
        let left = story.everything_left();
        if left.is_empty() {
            return;
        }
        let units: Vec<(i32, i64)> =
            left.into_iter().map(|(seq, left)| (seq, random.between(1, left))).collect();
        let by_customer = story.quote(CUSTOMER, &units).unwrap();
        let by_vendor = story.quote(VENDOR, &units).unwrap();
        assert!(by_vendor.additional_payment.is_zero() && by_vendor.taken_back.is_empty());
        assert!(net_of(&by_vendor) >= net_of(&by_customer));
        let charged = by_vendor.additional_costs.iter().filter(|row| row.bearer == CostBearer::Customer);
        assert!(charged.into_iter().all(|row| row.amount.is_negative()));
    });
}

#[test]
fn a_quote_changes_nothing_and_does_not_depend_on_the_order_of_its_lines() {
    for_seeds(5_000, |_, random| {
        let mut story = Story::of(partly_refundable_order(random));
        play_some(&mut story, random);
        let mut units = story.everything_left();
        if units.is_empty() {
            return;
        }
        let before = story.history.clone();
        let one = story.quote(CUSTOMER, &units).unwrap();
        random.shuffle(&mut units);
        let other = story.quote(CUSTOMER, &units).unwrap();
        assert_eq!(one.canonical_text(), other.canonical_text());
        assert_eq!(story.history, before);
    });
}

fn play_some(story: &mut Story, random: &mut Random) {
    if random.one_in(2) {
        let units = some_units(&story.order, random);
        story.cancel(random.pick(&[CUSTOMER, VENDOR]), &units).unwrap();
    }
}

#[test]
fn an_order_not_paid_yet_moves_no_money_but_its_mileage() {
    for_seeds(5_000, |_, random| {
        let mut story = Story::of(unpaid_order(random));
        let everything = story.everything_left();
        let part = some_units(&story.order, random);
        let is_whole = part == everything;
        assert_eq!(story.quote(CUSTOMER, &part).is_ok(), is_whole);
        let cost = story.cancel(random.pick(&[CUSTOMER, VENDOR]), &everything).unwrap();
        assert_eq!(net_of(&cost), 0);
        assert!(cost.refunds.is_empty() && cost.additional_costs.is_empty() && cost.cost_rows.is_empty());
        let last = cost.calculation.last().unwrap();
        assert_eq!(last.calculation().rule_id(), "NOT_PAID_YET");
        assert_eq!(cost.calculation.iter().map(|line| line.amount().amount()).sum::<i64>(), 0);
        // What does not go back is what the order had to bring.
        let due: i64 = story.order.payments().iter().map(|payment| payment.amount.amount()).sum();
        assert_eq!(last.amount().amount(), -due);
        let mileage: i64 = story
            .order
            .payments()
            .iter()
            .filter(|payment| payment.means == PayMeans::Mileage)
            .map(|payment| payment.amount.amount())
            .sum();
        assert_eq!(cost.mileage_restored.amount(), mileage);
    });
}

#[test]
fn the_generated_orders_reach_every_rule() {
    let seen = std::cell::RefCell::new(BTreeSet::new());
    for_seeds(3_000, |_, random| {
        let mut story = Story::of(paid_order(random));
        for _ in 0..3 {
            let left = story.everything_left();
            if left.is_empty() {
                break;
            }
            let (seq, most) = left[random.index(left.len())];
            let reason = random.pick(&[CUSTOMER, VENDOR]);
            let mut seen = seen.borrow_mut();
            match story.cancel(reason, &[(seq, random.between(1, most))]) {
                Ok(cost) => {
                    seen.extend(cost.calculation.iter().map(|line| line.calculation().rule_id()));
                    let words = cost.calculation.iter().map(|line| line.calculation().formula());
                    assert!(words.into_iter().all(|formula| formula.contains('원')));
                    let has = [
                        (!cost.additional_payment.is_zero(), "additional payment"),
                        (cost.taken_back.iter().any(|one| one.amount.is_zero()), "taken back for nothing"),
                        (cost.taken_back.len() > 1, "several taken back"),
                        (
                            cost.taken_back.iter().any(|one| one.shares.len() > 1),
                            "taken back from several lines",
                        ),
                        (
                            cost.additional_costs.iter().any(|row| row.bearer == CostBearer::Vendor),
                            "vendor's fee",
                        ),
                        (cost.needs_refund_account, "account"),
                        (!cost.mileage_restored.is_zero(), "mileage"),
                        (cost.refunds.len() > 2, "several payments"),
                        (!cost.restored_coupons.is_empty(), "coupon"),
                        (!cost.cancelled_gifts.is_empty(), "gift"),
                        (!cost.accrual_taken_back.is_zero(), "accrual"),
                    ];
                    seen.extend(has.into_iter().filter(|(has, _)| *has).map(|(_, what)| what));
                }
                Err(_) => {
                    seen.insert("only whole");
                }
            }
        }
    });
    // `NOT_PAID_YET` and `REFUND_LIMIT` have tests of their own.
    let expected = [
        "DELIVERY_FEE",
        "DELIVERY_FEE_BACK",
        "DISCOUNT",
        "DISCOUNT_TAKEN_BACK",
        "GOODS",
        "account",
        "accrual",
        "additional payment",
        "coupon",
        "gift",
        "mileage",
        "only whole",
        "several payments",
        "several taken back",
        "taken back for nothing",
        "taken back from several lines",
        "vendor's fee",
    ];
    assert_eq!(seen.into_inner().into_iter().collect::<Vec<_>>(), expected);
}
