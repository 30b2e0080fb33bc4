use commerce::{ItemNo, LineStatus, PromotionType, Won};

use super::*;
use crate::domain::testing::{
    self, accrual, contract_order, delivery_coupon, facts, gift_by_amount, gift_by_goods, group, line,
    line_discount, order_promotion, parsed, payment,
};

#[track_caller]
fn check(edit: impl FnOnce(&mut OrderFacts), expected: &OrderFault) {
    let mut facts = facts(|_| {});
    edit(&mut facts);
    assert_eq!(PaidOrder::new(facts), Err(expected.clone()));
}

#[test]
fn an_order_that_intake_would_refuse_is_refused_here_too() {
    check(|facts| facts.lines.clear(), &OrderFault::NoLines);
    check(|facts| facts.lines.push(line(1, 1, 1, 0)), &OrderFault::LineRepeated(1));
    check(|facts| facts.groups.push(group(1, 0, None, 0)), &OrderFault::GroupRepeated(1));
    let again = || payment("PAY1", commerce::PayMeans::Card, 0);
    check(|facts| facts.payments.push(again()), &OrderFault::PaymentRepeated(parsed("PAY1")));
    check(|facts| facts.lines[0].group_no = 9, &OrderFault::UnknownGroup { line_seq: 1, group_no: 9 });
    check(
        |facts| facts.promotions = vec![order_promotion("P1", None, None, &[(9, 0)])],
        &OrderFault::UnknownLine(9),
    );
    let reason = commerce::MileageReason::Order;
    check(|facts| facts.accruals = vec![accrual(reason, 9, 1)], &OrderFault::UnknownLine(9));
    check(|facts| facts.gifts = vec![gift_by_goods("AE1", 9)], &OrderFault::UnknownLine(9));
    let lost = || Gift { line_seq: None, ..gift_by_goods("AE1", 1) };
    check(|facts| facts.gifts = vec![lost()], &OrderFault::GiftWithoutLine);
    check(|facts| facts.lines[0].quantity = 0, &OrderFault::NoQuantity(1));
}

#[test]
fn discounts_must_hold_together() {
    check(
        |facts| facts.lines[0].discounts = vec![line_discount("P1", None, None, 60_001, 0)],
        &OrderFault::DiscountsExceedPrice(1),
    );
    check(
        |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", None, None, 60_000, 0)];
            facts.promotions = vec![order_promotion("P2", None, None, &[(1, 1)])];
        },
        &OrderFault::DiscountsExceedPrice(1),
    );
    check(
        |facts| {
            facts.promotions = vec![order_promotion("P2", None, None, &[(1, 10)])];
            facts.promotions[0].amount = Won::new(11);
        },
        &OrderFault::SharesDiffer(parsed("P2")),
    );
    check(
        |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", None, None, 1, 0)];
            facts.lines[0].discounts[0].terms.promotion_type = PromotionType::CartCoupon;
        },
        &OrderFault::WrongPromotionType(parsed("P1")),
    );
    for percent in [-1, 101] {
        check(
            |facts| facts.lines[0].discounts = vec![line_discount("P1", None, None, 1, percent)],
            &OrderFault::WrongShare(parsed("P1")),
        );
    }
    let id = DiscountId { promotion_no: parsed("P1"), coupon_no: Some(parsed("C1")) };
    check(
        |facts| {
            facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(10), 1, 0)];
            facts.promotions = vec![order_promotion("P1", Some("C1"), None, &[(1, 1)])];
        },
        &OrderFault::MinimumDiffers(id),
    );
}

#[test]
fn fees_and_payments_must_hold_together() {
    let with_coupon = |amount: i64, kind: PromotionType| {
        move |facts: &mut OrderFacts| {
            facts.groups[0].fee_charged = Won::new(100);
            facts.groups[0].coupon =
                Some(DeliveryCoupon { promotion_type: kind, ..delivery_coupon("CD1", amount) });
        }
    };
    check(with_coupon(101, PromotionType::FreeDeliveryCoupon), &OrderFault::CouponExceedsFee(1));
    check(with_coupon(1, PromotionType::CartCoupon), &OrderFault::NoDeliveryCoupon(Some(parsed("CD1"))));
    check(
        |facts| facts.payments[0].amount = Won::new(59_999),
        &OrderFault::PaymentsDiffer { paid: 59_999, due: 60_000 },
    );
}

#[test]
fn fees_of_returns_are_amounts_like_any_other_and_both_ways_may_be_twice_as_much() {
    let too_large = Won::new(LARGEST_AMOUNT.amount() + 1);
    for amount in [Won::new(-1), too_large] {
        check(|facts| facts.groups[0].return_fee = amount, &OrderFault::TooLarge);
        check(|facts| facts.groups[0].first_fee = amount, &OrderFault::TooLarge);
        check(
            |facts| facts.gifts = vec![Gift { value: amount, ..gift_by_amount("AE1", None) }],
            &OrderFault::TooLarge,
        );
    }
    let both_ways =
        |amount: i64| move |facts: &mut OrderFacts| facts.groups[0].exchange_fee = Won::new(amount);
    check(both_ways(-1), &OrderFault::TooLarge);
    check(both_ways(2 * LARGEST_AMOUNT.amount() + 1), &OrderFault::TooLarge);
    assert!(PaidOrder::new(testing::facts(both_ways(2 * LARGEST_AMOUNT.amount()))).is_ok());
}

#[test]
fn a_discount_is_gathered_over_all_the_lines_it_stands_on() {
    let order = testing::order(|facts| {
        facts.lines = vec![line(3, 1, 1, 100), line(1, 1, 1, 100)];
        facts.lines[0].discounts =
            vec![line_discount("P2", None, Some(0), 5, 0), line_discount("P1", Some("C1"), Some(10), 7, 0)];
        facts.lines[1].discounts = vec![line_discount("P2", None, None, 3, 0)];
        facts.promotions = vec![order_promotion("P10", Some("C2"), None, &[(1, 2), (1, 4)])];
    });
    let seen: Vec<(&str, Option<i64>, Vec<i64>)> = order
        .discounts()
        .iter()
        .map(|discount| {
            let shares = discount.shares.iter().map(|share| share.amount.amount()).collect();
            (discount.id.promotion_no.as_str(), discount.minimum.map(Won::amount), shares)
        })
        .collect();
    assert_eq!(seen, [("P1", Some(10), vec![7]), ("P10", None, vec![6]), ("P2", None, vec![5, 3])]);
}

#[test]
fn lines_move_on_and_the_rest_of_the_order_stays() {
    let item_no: ItemNo = parsed("002");
    let state = |seq| LineState {
        seq,
        status: LineStatus::Preparing,
        item_no: item_no.clone(),
        item_name: "블랙/M".to_owned(),
    };
    let order = contract_order().with_line_states(&[state(1), state(7)]);
    let line = order.line(1).unwrap();
    assert_eq!((line.status, &line.item_no), (LineStatus::Preparing, &item_no));
    assert_eq!(line.title(), "린넨 셔츠 1 (블랙/M)");
    assert!(order.line(7).is_none());
    assert_eq!(order.discounts(), contract_order().discounts());
}
