//! Rule 6: an order that waits for its money.

use commerce::{LineStatus, MileageReason, PayMeans};

use crate::domain::money::{CancelRefusal, ClaimCost, WholeOnly};
use crate::domain::order::LineState;
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, accrual, coupons_of, gift_by_amount, group, line, line_discount, order, parsed,
    payment,
};

fn story() -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 2, 100), line(2, 1, 1, 50)];
        for line in &mut facts.lines {
            line.status = LineStatus::AwaitingPayment;
        }
        facts.lines[0].discounts = vec![line_discount("P1", Some("C1"), Some(150), 20, 0)];
        facts.groups = vec![group(1, 30, None, 30)];
        facts.gifts = vec![gift_by_amount("AE1", None)];
        facts.accruals = vec![accrual(MileageReason::Order, 1, 9)];
        // 250 − 20 + 30 = 260, of which 60 are mileage already taken.
        facts.payments = vec![
            payment("PAY1", PayMeans::VirtualAccount, 180),
            payment("PAY2", PayMeans::Mileage, 45),
            payment("PAY3", PayMeans::Mileage, 15),
            payment("PAY4", PayMeans::Deposit, 20),
        ];
    }))
}

fn rules(cost: &ClaimCost) -> Vec<(&str, i64)> {
    cost.calculation.iter().map(|line| (line.calculation().rule_id(), line.amount().amount())).collect()
}

#[test]
fn it_is_cancelled_whole_or_not_at_all() {
    let story = story();
    let refused = Err(CancelRefusal::PartialCancelNotAllowed(WholeOnly::NotPaidYet));
    for part in [&[(1, 2)][..], &[(2, 1)], &[(1, 1), (2, 1)]] {
        assert_eq!(story.quote(CUSTOMER, part), refused);
        assert_eq!(story.quote(VENDOR, part), refused);
    }
}

#[test]
fn no_money_moves_but_everything_else_comes_back() {
    for reason in [CUSTOMER, VENDOR] {
        let mut story = story();
        let cost = story.cancel(reason, &[(2, 1), (1, 2)]).unwrap();
        assert_eq!((cost.refund.amount(), cost.additional_payment.amount()), (0, 0));
        assert!(cost.refunds.is_empty() && cost.additional_costs.is_empty() && cost.cost_rows.is_empty());
        assert!(!cost.needs_refund_account);
        assert_eq!(cost.mileage_restored.amount(), 60);
        assert_eq!(cost.mileage_restores.len(), 2);
        assert_eq!(coupons_of(&cost), ["C1"]);
        assert_eq!(cost.cancelled_gifts.len(), 1);
        assert_eq!(cost.accrual_taken_back.amount(), 9);
        assert_eq!(
            rules(&cost),
            [
                ("GOODS", 50),
                ("GOODS", 200),
                ("DISCOUNT", -20),
                ("DELIVERY_FEE_BACK", 30),
                ("NOT_PAID_YET", -260)
            ]
        );
        // The mileage is gone from the payments as if it had been refunded.
        assert_eq!(story.history.refunded(&parsed("PAY2")).amount(), 45);
    }
}

#[test]
fn the_whole_is_what_is_left_beside_imported_claims() {
    let mut story = story();
    story.history.add_claimed(2, 1);
    let states = [LineState {
        seq: 2,
        status: LineStatus::Cancelled,
        item_no: parsed("001"),
        item_name: "화이트/M".to_owned(),
    }];
    story.order = story.order.clone().with_line_states(&states);
    let cost = story.cancel(CUSTOMER, &[(1, 2)]).unwrap();
    assert_eq!(cost.mileage_restored.amount(), 60);
}

#[test]
fn a_paid_order_is_none() {
    let mut story = story();
    let states: Vec<LineState> = story
        .order
        .lines()
        .iter()
        .map(|line| LineState {
            seq: line.seq,
            status: LineStatus::OrderComplete,
            item_no: line.item_no.clone(),
            item_name: line.item_name.clone(),
        })
        .collect();
    story.order = story.order.clone().with_line_states(&states);
    assert_eq!(story.cancel(CUSTOMER, &[(2, 1)]).unwrap().refund.amount(), 50);
}
