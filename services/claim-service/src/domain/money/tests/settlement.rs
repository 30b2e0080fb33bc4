//! Rules 4 and 5: which payments money goes back by, and when a customer has to pay.

use chrono::{DateTime, Utc};
use commerce::PayMeans;

use crate::domain::money::{CancelRefusal, WholeOnly, quote};
use crate::domain::order::{OrderFacts, Payment};
use crate::domain::policy::{Policy, RefundOrder, RefundRank};
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, august, group, line, line_discount, net_of, order, payment, refunds_of,
    request_at,
};

/// 10 × 100 paid by these.
fn story(payments: Vec<Payment>) -> Story {
    Story::of(order(|facts: &mut OrderFacts| {
        facts.lines = vec![line(1, 1, 10, 100)];
        facts.payments = payments;
    }))
}

#[test]
fn money_goes_back_first_by_number_then_deposit_then_mileage() {
    let mut story = story(vec![
        payment("A-MILEAGE", PayMeans::Mileage, 150),
        payment("B-DEPOSIT", PayMeans::Deposit, 150),
        payment("PAY9", PayMeans::Card, 350),
        payment("PAY10", PayMeans::EasyPay, 350),
    ]);
    let mut refunds = |quantity| refunds_of(&story.cancel(CUSTOMER, &[(1, quantity)]).unwrap());
    // As strings PAY10 comes before PAY9.
    assert_eq!(refunds(3), ["PAY10 300"]);
    assert_eq!(refunds(2), ["PAY10 50", "PAY9 150"]);
    assert_eq!(refunds(2), ["PAY9 200"]);
    assert_eq!(refunds(2), ["B-DEPOSIT 150", "A-MILEAGE 50"]);
    assert_eq!(refunds(1), ["A-MILEAGE 100"]);
}

#[test]
fn a_policy_may_give_mileage_back_first() {
    let mut story =
        story(vec![payment("PAY1", PayMeans::Card, 900), payment("PAY2", PayMeans::Mileage, 100)]);
    let refund_order = RefundOrder::new([
        RefundRank::Mileage,
        RefundRank::Deposit,
        RefundRank::AdditionalPayments,
        RefundRank::OrderPayments,
    ])
    .unwrap();
    story.policy = Policy { refund_order, ..Policy::CONTRACT };
    assert_eq!(refunds_of(&story.cancel(CUSTOMER, &[(1, 2)]).unwrap()), ["PAY2 100", "PAY1 100"]);
}

#[test]
fn a_payment_that_goes_back_only_whole_is_not_skipped() {
    let whole =
        |number, amount| Payment { is_partly_refundable: false, ..payment(number, PayMeans::Card, amount) };
    let refused = |number| {
        Err(CancelRefusal::PartialCancelNotAllowed(WholeOnly::Payment(crate::domain::testing::parsed(
            number,
        ))))
    };
    let story = story(vec![payment("PAY1", PayMeans::Card, 300), whole("PAY2", 400), whole("PAY3", 300)]);
    let refunds = |quantity| story.quote(CUSTOMER, &[(1, quantity)]).map(|cost| refunds_of(&cost));
    assert_eq!(refunds(2), Ok(vec!["PAY1 200".to_owned()]));
    assert_eq!(refunds(3), Ok(vec!["PAY1 300".to_owned()]));
    assert_eq!(refunds(4), refused("PAY2"));
    assert_eq!(refunds(7), Ok(vec!["PAY1 300".to_owned(), "PAY2 400".to_owned()]));
    assert_eq!(refunds(9), refused("PAY3"));
    assert_eq!(refunds(10).unwrap().len(), 3);
}

/// 100 and 900 with 500 off from 1,000: cancelling the first leaves the second without its discount.
fn story_with_additional_payment() -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 100), line(2, 1, 2, 450)];
        facts.lines[1].discounts = vec![line_discount("P2", Some("C2"), None, 0, 0)];
        facts.promotions =
            vec![crate::domain::testing::order_promotion("P1", Some("C1"), Some(1_000), &[(2, 500), (1, 0)])];
        facts.groups = vec![group(1, 30, Some(1_000), 0)];
        facts.payments = vec![payment("PAY1", PayMeans::Card, 400), payment("PAY2", PayMeans::Mileage, 100)];
    }))
}

#[test]
fn a_cancel_may_cost_more_than_it_gives_and_what_was_paid_for_it_goes_back_too() {
    let mut story = story_with_additional_payment();
    // 100 − 500 taken back − 30 for delivery.
    let cost = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!((cost.refund.amount(), cost.additional_payment.amount()), (0, 430));
    assert!(cost.refunds.is_empty());
    // Half of the second line: 450, from the order's card (400), then from what was paid for the claim.
    let cost = story.cancel(CUSTOMER, &[(2, 1)]).unwrap();
    assert_eq!(refunds_of(&cost), ["PAY1 400", "20260801C000001 50"]);
    // The rest: 450 and the fee of 30; of the additional payment 380 are left, the mileage comes last.
    let cost = story.cancel(VENDOR, &[(2, 1)]).unwrap();
    assert_eq!(refunds_of(&cost), ["20260801C000001 380", "PAY2 100"]);
    assert_eq!(cost.mileage_restored.amount(), 100);
    assert_eq!(net_of(&cost), 480);
}

#[test]
fn a_virtual_account_and_a_mobile_bill_of_an_earlier_month_need_an_account() {
    let ordered_at = |at: DateTime<Utc>, means| {
        Story::of(order(|facts| {
            facts.ordered_at = at;
            facts.lines = vec![line(1, 1, 10, 100)];
            facts.payments = vec![payment("PAY1", PayMeans::Card, 500), payment("PAY2", means, 500)];
        }))
    };
    let needs = |story: &Story, quantity, at| {
        let request = request_at(CUSTOMER, &[(1, quantity)], at);
        quote(&story.order, &story.history, &request, &story.policy).unwrap().needs_refund_account
    };
    // The last hour of August and the first of September, in Korea; in UTC both are August.
    let (august_end, september) = (august(31, 23), august(31, 23) + chrono::Duration::hours(1));
    for (means, in_august, in_september) in [
        (PayMeans::Card, false, false),
        (PayMeans::AccountTransfer, false, false),
        (PayMeans::VirtualAccount, true, true),
        (PayMeans::MobilePhone, false, true),
        (PayMeans::Mileage, false, false),
        (PayMeans::Deposit, false, false),
        (PayMeans::EasyPay, false, false),
    ] {
        let story = ordered_at(august(1, 10), means);
        assert_eq!(needs(&story, 10, august_end), in_august, "{means} in August");
        assert_eq!(needs(&story, 10, september), in_september, "{means} in September");
        // As long as the card bears it, no account is asked for.
        assert!(!needs(&story, 5, september), "{means}, not reached");
    }
    let story = ordered_at(august_end, PayMeans::MobilePhone);
    assert!(needs(&story, 10, september), "an hour later is another month");
    // A month of the next year is a later month.
    assert!(needs(&story, 10, september + chrono::Duration::days(330)));
}
