//! Orders nobody would place, and some that people do: small numbers that do not divide, conditions near their
//! edges, discounts over several lines, coupons on delivery, payments of every kind.

use commerce::{CostBearer, LineStatus, MileageReason, PayMeans, PromotionType, Won};

use crate::domain::order::{LineDiscount, LineShare, OrderFacts, OrderPromotion, PaidOrder};
use crate::domain::policy::{BlameRules, Policy, RefundOrder, RefundRank};
use crate::domain::testing::random::Random;
use crate::domain::testing::{
    accrual, amount_due, august, delivery_coupon, gift_by_amount, gift_by_goods, group, line, parsed,
    payment, terms,
};

const PRICES: [i64; 14] = [0, 1, 2, 3, 7, 10, 97, 100, 333, 1_000, 9_999, 10_000, 19_900, 50_000];

/// A paid order of up to four lines.
pub(in crate::domain) fn paid_order(random: &mut Random) -> PaidOrder {
    PaidOrder::new(facts(random)).expect("a sound order")
}

/// The same, with payments that a part of can always go back.
pub(in crate::domain) fn partly_refundable_order(random: &mut Random) -> PaidOrder {
    let mut facts = facts(random);
    for payment in &mut facts.payments {
        payment.is_partly_refundable = true;
    }
    PaidOrder::new(facts).expect("a sound order")
}

/// A delivered order of up to five lines in up to three groups, with what returns and exchanges of it cost.
pub(in crate::domain) fn returnable_order(random: &mut Random, is_partly_refundable: bool) -> PaidOrder {
    let mut facts = facts_of(5, 3, random);
    for group in &mut facts.groups {
        group.return_fee = Won::new(random.pick(&[0, 1, 2_500, 3_000]));
        group.exchange_fee = Won::new(random.pick(&[0, 2_000, 5_000, 6_000]));
        group.first_fee = Won::new(random.pick(&[0, 1, 3_000]));
    }
    for gift in &mut facts.gifts {
        gift.value = Won::new(random.pick(&[0, 1, 7_000]));
        gift.quantity = random.between(1, 2);
    }
    for payment in facts.payments.iter_mut().filter(|_| is_partly_refundable) {
        payment.is_partly_refundable = true;
    }
    PaidOrder::new(facts).expect("a sound order")
}

pub(in crate::domain) fn facts(random: &mut Random) -> OrderFacts {
    facts_of(4, 2, random)
}

fn facts_of(most_lines: i64, most_groups: i64, random: &mut Random) -> OrderFacts {
    let group_count = random.between(1, most_groups);
    let line_count = random.between(1, most_lines);
    let mut facts = OrderFacts {
        number: parsed("20260801O000001"),
        ordered_at: august(1, 10),
        lines: (1..=line_count)
            .map(|seq| {
                let group_no = i32::try_from(random.between(1, group_count)).unwrap();
                let quantity = random.between(1, 5);
                line(i32::try_from(seq).unwrap(), group_no, quantity, random.pick(&PRICES))
            })
            .collect(),
        promotions: Vec::new(),
        groups: Vec::new(),
        payments: Vec::new(),
        gifts: Vec::new(),
        accruals: Vec::new(),
    };
    if random.one_in(3) {
        // Two lines that hold the same item.
        let goods_no = facts.lines[0].goods_no.clone();
        facts.lines.last_mut().unwrap().goods_no = goods_no;
    }
    add_discounts(&mut facts, random);
    for number in 1..=group_count {
        add_group(&mut facts, i32::try_from(number).unwrap(), random);
    }
    add_gifts_and_accruals(&mut facts, random);
    add_payments(&mut facts, random);
    facts
}

fn goods_value(facts: &OrderFacts) -> i64 {
    facts.lines.iter().map(|line| line.unit_price.amount() * line.quantity).sum()
}

/// An amount around which something turns.
fn edge(around: i64, random: &mut Random) -> Option<i64> {
    match random.between(0, 4) {
        0 => None,
        1 => Some(around),
        _ => Some(random.between(0, around + 2)),
    }
}

/// None, one, or several discounts, each over some of the lines, never more than the lines' prices.
fn add_discounts(facts: &mut OrderFacts, random: &mut Random) {
    let mut rooms: Vec<i64> =
        facts.lines.iter().map(|line| line.unit_price.amount() * line.quantity).collect();
    for number in 0..random.between(0, 4) {
        let covered: Vec<usize> = (0..facts.lines.len()).filter(|_| !random.one_in(3)).collect();
        let value: i64 = covered
            .iter()
            .map(|place| facts.lines[*place].unit_price.amount() * facts.lines[*place].quantity)
            .sum();
        let minimum = edge(value, random);
        // Promotion numbers out of order.
        let promotion_no = format!("P{}", (number * 7 + 3) % 10 / 2);
        // Now and then one coupon stands behind several promotions.
        let coupon_no =
            (!random.one_in(3)).then(|| format!("CI{}", if random.one_in(5) { 0 } else { number }));
        let vendor_percent = i32::try_from(random.between(0, 100)).unwrap();
        let of_order = random.one_in(2);
        let kind = if of_order {
            PromotionType::CartCoupon
        } else {
            random.pick(&[
                PromotionType::GoodsCoupon,
                PromotionType::DuplicateCoupon,
                PromotionType::StaffDiscount,
                PromotionType::ImmediateDiscount,
            ])
        };
        let coupon = coupon_no.as_deref();
        let terms = terms(&format!("{promotion_no}{number}"), coupon, kind, minimum, vendor_percent);
        let mut shares = Vec::new();
        for place in covered {
            let most = if random.one_in(4) { rooms[place] } else { rooms[place] / 2 };
            let amount = Won::new(random.between(0, most));
            rooms[place] -= amount.amount();
            if of_order {
                shares.push(LineShare { line_seq: facts.lines[place].seq, amount });
            } else {
                facts.lines[place].discounts.push(LineDiscount { terms: terms.clone(), amount });
            }
        }
        if of_order {
            let amount = Won::new(shares.iter().map(|share| share.amount.amount()).sum());
            facts.promotions.push(OrderPromotion { terms, amount, shares });
        }
    }
}

fn add_group(facts: &mut OrderFacts, number: i32, random: &mut Random) {
    let of_group = facts.lines.iter().filter(|line| line.group_no == number);
    let worth: i64 = of_group
        .map(|line| {
            line.unit_price.amount() * line.quantity - line.own_discount().expect("small amounts").amount()
        })
        .sum();
    let base_fee = random.pick(&[0, 1, 2_500, 3_000]);
    let free_from = edge(worth, random);
    let charged = if random.one_in(2) { 0 } else { base_fee };
    let mut group = group(number, base_fee, free_from, charged);
    if random.one_in(4) {
        // One coupon may pay for the delivery of both groups.
        group.coupon = Some(delivery_coupon(random.pick(&["CD1", "CD2"]), random.between(0, charged)));
    }
    facts.groups.push(group);
}

fn add_gifts_and_accruals(facts: &mut OrderFacts, random: &mut Random) {
    for number in 0..random.between(0, 2) {
        let value = goods_value(facts);
        facts.gifts.push(if random.one_in(2) {
            gift_by_amount(&format!("AE{number}"), edge(value, random))
        } else {
            gift_by_goods(&format!("AE{number}"), facts.lines[random.index(facts.lines.len())].seq)
        });
    }
    for line in &facts.lines {
        if random.one_in(2) {
            facts.accruals.push(accrual(MileageReason::Order, line.seq, random.between(0, 1_000)));
        }
        if random.one_in(4) {
            facts.accruals.push(accrual(MileageReason::Promotion, line.seq, random.between(0, 7)));
        }
    }
}

fn add_payments(facts: &mut OrderFacts, random: &mut Random) {
    let mut rest = amount_due(facts);
    for number in 1..=random.between(1, 4) {
        let means = random.pick(PayMeans::ALL);
        let amount = if number == 4 { rest } else { random.between(0, rest) };
        rest -= amount;
        // As strings, PAY10 comes before PAY9.
        let mut payment = payment(&format!("PAY{}", 11 - number), means, amount);
        payment.is_partly_refundable = !random.one_in(4);
        facts.payments.push(payment);
    }
    facts.payments.push(payment("PAY11", PayMeans::Card, rest));
}

/// A policy somebody may come to want.
pub(in crate::domain) fn policy(random: &mut Random) -> Policy {
    use RefundRank::{AdditionalPayments, Deposit, Mileage, OrderPayments};
    let mut ranks = [OrderPayments, AdditionalPayments, Deposit, Mileage];
    random.shuffle(&mut ranks);
    let mut rules = || BlameRules {
        judges_discounts: random.one_in(2),
        judges_gifts: random.one_in(2),
        fee_bearer: random.pick(CostBearer::ALL),
    };
    Policy {
        version: 2,
        customer: rules(),
        vendor: rules(),
        refund_order: RefundOrder::new(ranks).expect("each once"),
        ..Policy::CONTRACT
    }
}

/// The order as it waits for its money.
pub(in crate::domain) fn unpaid_order(random: &mut Random) -> PaidOrder {
    let mut facts = facts(random);
    for line in &mut facts.lines {
        line.status = LineStatus::AwaitingPayment;
    }
    PaidOrder::new(facts).expect("a sound order")
}
