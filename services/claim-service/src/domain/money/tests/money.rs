//! Amounts at the end of what can be written: a refusal, never a panic and never a wrong amount.

use commerce::{MileageReason, Won};

use crate::domain::order::{OrderFault, PaidOrder};
use crate::domain::testing::play::{cancel_all, some_units, split};
use crate::domain::testing::random::for_seeds;
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, accrual, amount_due, facts, group, line, line_discount, order, order_promotion,
};

const MILLION_MILLION: i64 = 1_000_000_000_000;

#[test]
fn a_thousand_pieces_at_a_million_million_are_reckoned_exactly() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1_000, MILLION_MILLION)];
        facts.lines[0].discounts =
            vec![line_discount("P1", Some("C1"), Some(999 * MILLION_MILLION), 7 * MILLION_MILLION + 1, 100)];
        facts.accruals = vec![accrual(MileageReason::Order, 1, MILLION_MILLION + 1)];
    }));
    let paid = amount_due_of(&story);
    let nets = cancel_all(&mut story, CUSTOMER, &[vec![(1, 333)], vec![(1, 1)], vec![(1, 666)]]);
    assert_eq!(nets, paid);
}

fn amount_due_of(story: &Story) -> i64 {
    story.order.payments().iter().map(|payment| payment.amount.amount()).sum()
}

#[test]
fn an_order_nobody_can_pay_is_none() {
    let too_large = |edit: fn(&mut crate::domain::order::OrderFacts)| {
        let mut facts = facts(|_| {});
        edit(&mut facts);
        assert_eq!(PaidOrder::new(facts), Err(OrderFault::TooLarge));
    };
    too_large(|facts| facts.lines[0].quantity = i64::MAX);
    too_large(|facts| facts.lines[0].unit_price = Won::new(i64::MAX));
    too_large(|facts| facts.lines[0].unit_price = Won::new(-1));
    too_large(|facts| facts.groups[0].base_fee = Won::new(i64::MAX));
    too_large(|facts| facts.payments[0].amount = Won::new(-1));
}

#[test]
fn large_orders_add_up_like_small_ones() {
    for_seeds(2_000, |_, random| {
        let facts = facts(|facts| {
            facts.lines = (1..=3)
                .map(|seq| line(seq, 1, random.between(1, 40), random.between(0, MILLION_MILLION)))
                .collect();
            let value = amount_due(facts);
            let minimum = random.between(0, value);
            for line in &mut facts.lines {
                let price = line.unit_price.amount() * line.quantity;
                let discount =
                    line_discount("P1", Some("C1"), Some(minimum), random.between(0, price / 2), 50);
                line.discounts = vec![discount];
            }
            let shares: Vec<(i32, i64)> = facts
                .lines
                .iter()
                .map(|line| (line.seq, random.between(0, line.unit_price.amount() * line.quantity / 2)))
                .collect();
            facts.promotions = vec![order_promotion("P2", None, Some(random.between(0, value)), &shares)];
            facts.groups =
                vec![group(1, random.between(0, MILLION_MILLION), Some(random.between(0, value)), 0)];
        });
        let order = PaidOrder::new(facts).expect("a sound order");
        let units = some_units(&order, random);
        let reason = random.pick(&[CUSTOMER, VENDOR]);
        let [one, other] = [0, 1].map(|_| {
            let requests = split(&units, random);
            cancel_all(&mut Story::of(order.clone()), reason, &requests)
        });
        assert_eq!(one, other);
    });
}
