//! Claims another system took: their units count, and nothing else does.

use commerce::PayMeans;

use crate::domain::money::CancelRefusal;
use crate::domain::testing::generator::paid_order;
use crate::domain::testing::play::some_units;
use crate::domain::testing::random::for_seeds;
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, costs_of, coupons_of, line, line_discount, net_of, order, payment, refunds_of,
};

#[test]
fn imported_units_are_gone_but_no_money_went_with_them() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 3, 100)];
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(150), 30, 0)];
        facts.payments = vec![payment("PAY1", PayMeans::Card, 270)];
    }));
    story.history.add_claimed(1, 1);
    assert!(matches!(story.quote(CUSTOMER, &[(1, 3)]), Err(CancelRefusal::QuantityExceeded(_))));
    // 20 are carried with two left; one unit left is below the minimum.
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!((net_of(&cost), coupons_of(&cost)), (100 - 10 - 10, vec!["C1"]));
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!(net_of(&cost), 100);
}

/// The smallest order on which rule 8 and rule 4 contradict each other: 3 × 100 less 150 from 150, paid 150.
///
/// One unit is imported as claimed. Cancelling another leaves 100 < 150, so the discount is taken back: 100 − 50
/// − 50 = 0. Now the imported claim is rejected: two units at full price stand in the order, worth 200, and only
/// 150 were ever paid.
#[test]
fn a_rejected_import_never_lets_more_go_back_than_was_paid() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 3, 100)];
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(150), 150, 0)];
    }));
    story.history.add_claimed(1, 1);
    assert_eq!(net_of(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()), 0);
    story.history.add_claimed(1, -1);
    let cost = story.cancel(CUSTOMER, &[(1, 2)]).unwrap();
    assert_eq!(refunds_of(&cost), ["PAY1 150"]);
    assert_eq!(costs_of(&cost), ["40 50 by 10"]);
    let last = cost.calculation.last().unwrap();
    assert_eq!((last.calculation().rule_id(), last.amount().amount()), ("REFUND_LIMIT", -50));
}

#[test]
fn with_imports_that_come_and_go_nothing_breaks_and_no_payment_is_overdrawn() {
    for_seeds(15_000, |_, random| {
        let mut story = Story::of(paid_order(random));
        let mut imported: Vec<(i32, i64)> = Vec::new();
        for _ in 0..random.between(1, 6) {
            match random.between(0, 3) {
                0 => {
                    let line = story.order.lines()[random.index(story.order.lines().len())].seq;
                    let quantity = random.between(0, story.left_of(line));
                    story.history.add_claimed(line, quantity);
                    imported.push((line, quantity));
                }
                1 => {
                    if let Some((line, quantity)) = imported.pop() {
                        story.history.add_claimed(line, -quantity);
                    }
                }
                _ => {
                    let wanted = some_units(&story.order, random);
                    let units: Vec<(i32, i64)> = wanted
                        .into_iter()
                        .map(|(seq, quantity)| (seq, quantity.min(story.left_of(seq))))
                        .filter(|(_, quantity)| *quantity > 0)
                        .collect();
                    if units.is_empty() {
                        continue;
                    }
                    let reason = random.pick(&[CUSTOMER, VENDOR]);
                    match story.cancel(reason, &units) {
                        Ok(_) | Err(CancelRefusal::PartialCancelNotAllowed(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            }
            for payment in story.order.payments() {
                assert!(story.history.refunded(&payment.number) <= payment.amount);
            }
        }
    });
}
