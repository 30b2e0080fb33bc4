//! The worked examples of returns and exchanges, by hand.
//!
//! The contract's order, delivered: three shirts at 20,000, P11 takes off 6,000 from 30,000, P12 5,000 from 50,000, free from
//! 50,000 at 3,000, one way back 3,000, both ways 6,000, 490 to accumulate, paid 46,000 by card and 3,000 in mileage.

use commerce::{Blame, CollectionMethod, LineStatus, MileageReason, PayMeans, Won};

use crate::domain::history::AdditionalPayment;
use crate::domain::money::terms::{
    ExchangeTerms, ExchangedGoods, FreeReturnCoupon, ReturnTerms, next_payment_no,
};
use crate::domain::money::{ClaimCost, ReturnRefusal, SentBack, quote_exchange};
use crate::domain::order::OrderFacts;
use crate::domain::testing::{
    CUSTOMER, Story, accrual, august, claim_no, contract_facts, costs_of, coupons_of, group, line, net_of,
    order, order_promotion, parsed, refunds_of,
};

pub(super) fn delivered(edit: impl FnOnce(&mut OrderFacts)) -> Story {
    Story::of(order(|facts| {
        contract_facts(facts);
        facts.accruals = vec![accrual(MileageReason::Order, 1, 490)];
        for line in &mut facts.lines {
            line.status = LineStatus::Delivered;
        }
        edit(facts);
    }))
}

pub(super) fn example() -> Story {
    delivered(|_| {})
}

fn sent_back(cost: &ClaimCost) -> &SentBack {
    cost.sent_back.as_ref().expect("a return or an exchange")
}

struct Expected<'a> {
    goods_net: i64,
    costs: &'a [&'a str],
    net: i64,
    refunds: &'a [&'a str],
}

#[track_caller]
fn check(cost: &ClaimCost, expected: &Expected<'_>) {
    let goods_net: i64 = cost.goods.iter().map(|goods| goods.net_amount.amount()).sum();
    assert_eq!(goods_net, expected.goods_net, "goods");
    assert_eq!(costs_of(cost), expected.costs, "costs");
    assert_eq!(net_of(cost), expected.net, "net");
    assert_eq!(refunds_of(cost), expected.refunds, "refunds");
}

/// E1
const ONE_SHIRT: Expected<'static> = Expected {
    goods_net: 16_334,
    costs: &["10 3000 by 10", "20 3000 by 10", "40 3334 by 10"],
    net: 7_000,
    refunds: &["PAY1 7000"],
};

#[test]
fn one_shirt_and_then_the_others() {
    let mut story = example();
    let first = story.settle(&story.terms(Blame::Customer, &[(1, 1)]));
    check(&first, &ONE_SHIRT);
    assert_eq!(coupons_of(&first), ["CI0002"]);
    assert_eq!(first.cancelled_gifts[0].is_to_be_sent_back, Some(true));
    assert_eq!(first.accrual_taken_back.amount(), 163);
    // E2: the group is used, so its outbound fee stays.
    let second = story.settle(&story.terms(Blame::Customer, &[(1, 2)]));
    let rest =
        Expected { goods_net: 36_000, costs: &["20 3000 by 10"], net: 33_000, refunds: &["PAY1 33000"] };
    check(&second, &rest);
    assert_eq!(second.accrual_taken_back.amount(), 327);
    assert!(second.cancelled_gifts.is_empty());
}

#[test]
fn all_three_at_once_pay_the_round_trip() {
    // E3
    let mut story = example();
    let all = Expected {
        goods_net: 49_000,
        costs: &["10 3000 by 10", "20 3000 by 10"],
        net: 43_000,
        refunds: &["PAY1 43000"],
    };
    check(&story.settle(&story.terms(Blame::Customer, &[(1, 3)])), &all);
}

#[test]
fn defective_shirts_cost_the_customer_nothing() {
    // E4
    let mut story = example();
    let cost = story.settle(&story.terms(Blame::Vendor, &[(1, 3)]));
    let all = Expected {
        goods_net: 49_000,
        costs: &["20 3000 by 20"],
        net: 49_000,
        refunds: &["PAY1 46000", "PAY2 3000"],
    };
    check(&cost, &all);
    assert_eq!(cost.cancelled_gifts[0].is_to_be_sent_back, Some(true));
    assert_eq!((cost.accrual_taken_back.amount(), cost.mileage_restored.amount()), (490, 3_000));
}

#[test]
fn a_fault_found_to_be_the_customers_changes_the_cost() {
    // E5: asked as 272, inspected as 251.
    let story = example();
    let asked = story.quote_return(&story.terms(Blame::Vendor, &[(1, 1)])).unwrap();
    assert_eq!(net_of(&asked), 16_334);
    let inspected = story.quote_return(&story.terms(Blame::Customer, &[(1, 1)])).unwrap();
    check(&inspected, &ONE_SHIRT);
    assert_ne!(asked.canonical_text(), inspected.canonical_text());
}

#[test]
fn an_outbound_fee_that_was_paid_stays() {
    // E6
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 30_000)];
        facts.groups = vec![group(1, 3_000, Some(50_000), 3_000)];
    }));
    let cost = story.settle(&story.terms(Blame::Customer, &[(1, 1)]));
    let expected =
        Expected { goods_net: 30_000, costs: &["20 3000 by 10"], net: 27_000, refunds: &["PAY1 27000"] };
    check(&cost, &expected);
}

/// A and B at 30,000, free from 50,000; B is not shipped yet.
fn two_lines() -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 30_000), line(2, 1, 1, 30_000)];
        facts.lines[0].status = LineStatus::Delivered;
        facts.groups = vec![group(1, 3_000, Some(50_000), 0)];
    }))
}

#[test]
fn the_order_of_a_return_and_a_cancel_does_not_decide_over_the_fee() {
    // E7a
    let mut story = two_lines();
    let cancel = story.cancel(CUSTOMER, &[(2, 1)]).unwrap();
    assert_eq!((costs_of(&cancel), net_of(&cancel)), (vec!["10 3000 by 10".to_owned()], 27_000));
    let back = story.settle(&story.terms(Blame::Customer, &[(1, 1)]));
    assert_eq!((costs_of(&back), net_of(&back)), (vec!["20 3000 by 10".to_owned()], 27_000));
    // E7b
    let mut story = two_lines();
    let back = story.settle(&story.terms(Blame::Customer, &[(1, 1)]));
    assert_eq!(
        (costs_of(&back), net_of(&back)),
        (vec!["10 3000 by 10".to_owned(), "20 3000 by 10".to_owned()], 24_000)
    );
    let cancel = story.cancel(CUSTOMER, &[(2, 1)]).unwrap();
    assert_eq!((costs_of(&cancel), net_of(&cancel)), (Vec::new(), 30_000));
}

/// What is held for a claim, under its number.
pub(super) fn held(claim: u32, amount: i64) -> Vec<AdditionalPayment> {
    let payment_no = next_payment_no(&claim_no(claim), &[]).unwrap();
    vec![AdditionalPayment { payment_no, means: PayMeans::Card, amount: Won::new(amount) }]
}

#[test]
fn a_return_may_cost_more_than_it_gives_and_what_was_paid_for_it_is_held() {
    // E8
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 2_000), line(2, 1, 1, 49_000)];
        facts.groups = vec![group(1, 3_000, Some(50_000), 0)];
    }));
    let mut terms = story.terms(Blame::Customer, &[(1, 1)]);
    let asked = story.quote_return(&terms).unwrap();
    let costs = &["10 3000 by 10", "20 3000 by 10"];
    check(&asked, &Expected { goods_net: 2_000, costs, net: -4_000, refunds: &[] });
    assert_eq!((asked.additional_payment.amount(), sent_back(&asked).still_due.amount()), (4_000, 4_000));
    terms.paid_in_advance = held(1, 4_000);
    let settled = story.settle(&terms);
    assert_eq!(
        (sent_back(&settled).paid_in_advance.amount(), sent_back(&settled).still_due.amount()),
        (4_000, 0)
    );
    assert!(sent_back(&settled).advance_refunds.is_empty());
    assert_eq!(
        settled.canonical_text(),
        asked.canonical_text(),
        "what was paid in advance is no part of the cost"
    );
    // From its settlement on the payment is one like any other: 49,000 − 3,000, and the outbound fee stays.
    let rest = story.settle(&story.terms(Blame::Customer, &[(2, 1)]));
    assert_eq!(refunds_of(&rest), ["PAY1 46000"]);
}

fn free_return() -> FreeReturnCoupon {
    let (coupon_no, promotion_no) = (parsed("CI0015"), parsed("P15"));
    FreeReturnCoupon { coupon_no, promotion_no, promotion_name: "무료반품".to_owned() }
}

#[test]
fn a_free_return_coupon_pays_the_way_back_or_comes_back_itself() {
    // E9
    let mut story = example();
    let with_coupon = |terms: ReturnTerms| ReturnTerms { free_return_coupon: Some(free_return()), ..terms };
    let cost = story.quote_return(&with_coupon(story.terms(Blame::Customer, &[(1, 1)]))).unwrap();
    let paid = Expected {
        costs: &["10 3000 by 10", "20 3000 by 30", "40 3334 by 10"],
        net: 10_000,
        refunds: &["PAY1 10000"],
        ..ONE_SHIRT
    };
    check(&cost, &paid);
    assert_eq!(coupons_of(&cost), ["CI0002"], "the one of the return stays used");
    assert_eq!(sent_back(&cost).free_return_coupon, Some(parsed("CI0015")));
    // There is nothing for it to pay: the vendor's fault, or a way back that costs the shop nothing.
    let by_vendor = story.quote_return(&with_coupon(story.terms(Blame::Vendor, &[(1, 1)]))).unwrap();
    assert_eq!(coupons_of(&by_vendor), ["CI0015"]);
    assert_eq!(costs_of(&by_vendor), ["10 3000 by 20", "20 3000 by 20"]);
    let prepaid = ReturnTerms {
        method: CollectionMethod::SentPrepaid,
        ..with_coupon(story.terms(Blame::Customer, &[(1, 1)]))
    };
    assert_eq!(coupons_of(&story.settle(&prepaid)), ["CI0002", "CI0015"]);
}

#[test]
fn sent_prepaid_costs_no_way_back() {
    // E10
    let story = example();
    let terms =
        ReturnTerms { method: CollectionMethod::SentPrepaid, ..story.terms(Blame::Customer, &[(1, 1)]) };
    let expected = Expected {
        costs: &["10 3000 by 10", "40 3334 by 10"],
        net: 10_000,
        refunds: &["PAY1 10000"],
        ..ONE_SHIRT
    };
    check(&story.quote_return(&terms).unwrap(), &expected);
    let on_arrival = ReturnTerms { method: CollectionMethod::SentPayOnArrival, ..terms };
    check(&story.quote_return(&on_arrival).unwrap(), &ONE_SHIRT);
}

#[test]
fn of_two_shirts_one_accepted_is_one_returned() {
    // E11
    let story = example();
    let asked = story.quote_return(&story.terms(Blame::Customer, &[(1, 2)])).unwrap();
    assert_eq!(net_of(&asked), 23_000);
    check(&story.quote_return(&story.terms(Blame::Customer, &[(1, 1)])).unwrap(), &ONE_SHIRT);
}

fn exchange(blame: Blame, method: CollectionMethod) -> ExchangeTerms {
    ExchangeTerms {
        blame,
        method,
        at: august(10, 10),
        goods: vec![ExchangedGoods {
            line_seq: 1,
            item_no: parsed("001"),
            exchanged_for: parsed("002"),
            quantity: 1,
        }],
        waived: Won::ZERO,
        paid_in_advance: Vec::new(),
    }
}

fn quoted(story: &Story, terms: &ExchangeTerms) -> ClaimCost {
    quote_exchange(&story.order, &story.history, terms, &story.policy).unwrap()
}

#[test]
fn an_exchange_moves_nothing_but_its_fee() {
    let story = example();
    let check = |blame, method, costs: &[&str], due: i64| {
        let cost = quoted(&story, &exchange(blame, method));
        check(&cost, &Expected { goods_net: 0, costs, net: -due, refunds: &[] });
        assert_eq!((cost.refund.amount(), cost.additional_payment.amount()), (0, due));
        assert_eq!((cost.goods[0].goods_amount.amount(), cost.goods[0].quantity), (0, 1));
    };
    check(Blame::Customer, CollectionMethod::Collected, &["30 6000 by 10"], 6_000);
    check(Blame::Customer, CollectionMethod::SentPayOnArrival, &["30 6000 by 10"], 6_000);
    check(Blame::Customer, CollectionMethod::SentPrepaid, &["30 3000 by 10"], 3_000);
    check(Blame::Customer, CollectionMethod::NotCollected, &["30 3000 by 10"], 3_000);
    check(Blame::Vendor, CollectionMethod::Collected, &["30 6000 by 20"], 0);
    check(Blame::Carrier, CollectionMethod::Collected, &["30 6000 by 30"], 0);
}

#[test]
fn an_exchange_that_becomes_a_return_costs_what_a_return_costs() {
    // E12: the 6,000 go back, and the exchange leaves nothing behind.
    let mut story = example();
    let paid = ExchangeTerms {
        paid_in_advance: held(1, 6_000),
        ..exchange(Blame::Vendor, CollectionMethod::Collected)
    };
    let back = &sent_back(&quoted(&story, &paid)).advance_refunds.clone();
    assert_eq!(back.iter().map(|one| one.amount.amount()).collect::<Vec<_>>(), [6_000]);
    check(&story.settle(&story.terms(Blame::Customer, &[(1, 1)])), &ONE_SHIRT);
}

#[test]
fn what_an_exchange_cost_is_spent() {
    let mut story = example();
    let paid = ExchangeTerms {
        paid_in_advance: held(1, 6_000),
        ..exchange(Blame::Customer, CollectionMethod::SentPrepaid)
    };
    // Asked for with collection, and sent prepaid in the end: 3,000 of the 6,000 go back.
    let cost = quoted(&story, &paid);
    let back = sent_back(&cost).advance_refunds.iter().map(|one| one.amount.amount());
    assert_eq!(back.collect::<Vec<_>>(), [3_000]);
    story.history.record_exchange(&cost, &paid.paid_in_advance);
    assert_eq!(story.left_of(1), 3);
    let all = story.settle(&story.terms(Blame::Vendor, &[(1, 3)]));
    assert_eq!(refunds_of(&all), ["PAY1 46000", "PAY2 3000"], "the fee is no source of a refund");
}

#[test]
fn a_shirt_the_carrier_lost_is_paid_by_our_side() {
    // E13
    let story = example();
    let terms = story.terms(Blame::Carrier, &[(1, 1)]);
    let expected = Expected {
        goods_net: 16_334,
        costs: &["10 3000 by 30", "20 3000 by 30"],
        net: 16_334,
        refunds: &["PAY1 16334"],
    };
    let cost = story.quote_return(&terms).unwrap();
    check(&cost, &expected);
    assert!(cost.cancelled_gifts.is_empty());
}

/// 1,000 and 60,000; 10,000 off from 60,500 on both, all of it on the second.
fn waivable() -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 1, 1_000), line(2, 1, 1, 60_000)];
        facts.promotions = vec![order_promotion("P1", Some("C1"), Some(60_500), &[(1, 0), (2, 10_000)])];
    }))
}

#[test]
fn what_was_waived_does_not_go_back_a_second_time() {
    // E14
    let mut story = waivable();
    let asked = story.quote_return(&story.terms(Blame::Customer, &[(1, 1)])).unwrap();
    assert_eq!(asked.additional_payment.amount(), 12_000);
    let terms = ReturnTerms {
        waived: Won::new(12_000),
        paid_in_advance: held(1, 12_000),
        ..story.terms(Blame::Customer, &[(1, 1)])
    };
    let first = story.settle(&terms);
    let costs = &["20 3000 by 10", "40 10000 by 10", "90 -12000 by 10", "90 12000 by 30"];
    check(&first, &Expected { goods_net: 1_000, costs, net: 0, refunds: &[] });
    let back = sent_back(&first).advance_refunds.iter().map(|one| one.amount.amount());
    assert_eq!(back.collect::<Vec<_>>(), [12_000]);
    let second = story.settle(&story.terms(Blame::Customer, &[(2, 1)]));
    let costs = &["20 3000 by 10", "90 6000 by 10", "90 -6000 by 30"];
    check(&second, &Expected { goods_net: 60_000, costs, net: 51_000, refunds: &["PAY1 51000"] });
    assert_eq!(sent_back(&second).cut.amount(), 6_000);
}

#[test]
fn a_cancel_gives_nothing_back_a_second_time_either() {
    let mut story = waivable();
    let terms = ReturnTerms { waived: Won::new(12_000), ..story.terms(Blame::Customer, &[(1, 1)]) };
    story.settle(&terms);
    let cancel = story.cancel(CUSTOMER, &[(2, 1)]).unwrap();
    assert_eq!(costs_of(&cancel), ["90 9000 by 10", "90 -9000 by 30"]);
    assert_eq!((net_of(&cancel), cancel.cut().unwrap().amount()), (51_000, 9_000));
    assert!(cancel.sent_back.is_none());
}

#[test]
fn no_more_is_waived_than_the_claim_takes() {
    let story = waivable();
    let waive = |amount: i64, blame| {
        let terms = ReturnTerms { waived: Won::new(amount), ..story.terms(blame, &[(1, 1)]) };
        story.quote_return(&terms).map(|cost| net_of(&cost))
    };
    let most = |amount: i64| Err(ReturnRefusal::WaiverTooLarge { most: Won::new(amount) });
    assert_eq!(waive(13_000, Blame::Customer), Ok(1_000));
    assert_eq!(waive(13_001, Blame::Customer), most(13_000));
    assert_eq!(waive(1, Blame::Vendor), most(0));
    let terms =
        ExchangeTerms { waived: Won::new(3_000), ..exchange(Blame::Customer, CollectionMethod::Collected) };
    assert_eq!(quoted(&story, &terms).additional_payment.amount(), 3_000);
    let terms = ExchangeTerms { waived: Won::new(6_001), ..terms };
    let refused = quote_exchange(&story.order, &story.history, &terms, &story.policy);
    assert_eq!(refused, Err(ReturnRefusal::WaiverTooLarge { most: Won::new(6_000) }));
}
