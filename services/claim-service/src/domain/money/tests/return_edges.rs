//! Returns at their edges: gifts that are kept, payments that only go back whole, lines of two items, what open claims hold.

use commerce::{Blame, CollectionMethod, PayMeans, Won};

use crate::domain::cancel;
use crate::domain::eligibility;
use crate::domain::history::ClaimHistory;
use crate::domain::money::terms::{ReturnTerms, ReturnedGoods};
use crate::domain::money::tests::returns::{delivered, example, held};
use crate::domain::money::{CancelRefusal, ClaimCost, ReturnRefusal};
use crate::domain::order::Payment;
use crate::domain::saga::{Effect, Stage};
use crate::domain::testing::{
    CUSTOMER, Story, august, contract_facts, costs_of, gift_by_amount, group, line, line_discount, net_of,
    order, parsed, payment,
};

#[test]
fn a_gift_that_is_kept_costs_what_it_is_worth() {
    let mut story = delivered(|facts| {
        facts.gifts[0].value = Won::new(700);
        facts.gifts[0].quantity = 2;
        // This one stays earned, so nobody asks for it.
        facts.gifts.push(gift_by_amount("AE2", Some(1_000)));
        facts.gifts[1].value = Won::new(900);
    });
    let kept = |terms: ReturnTerms| ReturnTerms { gifts_kept: [0, 1].into(), ..terms };
    let quote =
        |story: &Story, terms: ReturnTerms| costs_of(&story.quote_return(&terms).unwrap()).pop().unwrap();
    let by_customer = || kept(story.terms(Blame::Customer, &[(1, 1)]));
    assert_eq!(quote(&story, by_customer()), "50 1400 by 10");
    let not_collected = ReturnTerms { method: CollectionMethod::NotCollected, ..by_customer() };
    assert_eq!(quote(&story, not_collected), "40 3334 by 10");
    let by_vendor = kept(story.terms(Blame::Vendor, &[(1, 3)]));
    assert_eq!(quote(&story, by_vendor), "20 3000 by 20");
    let cost = story.settle(&by_customer());
    assert_eq!(net_of(&cost), 7_000 - 1_400);
}

#[test]
fn a_part_of_a_payment_that_only_goes_back_whole_is_transferred_and_so_is_the_rest() {
    let whole =
        |number, means, amount| Payment { is_partly_refundable: false, ..payment(number, means, amount) };
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 10, 1_000)];
        facts.groups = vec![group(1, 0, None, 0)];
        facts.payments =
            vec![whole("PAY1", PayMeans::EasyPay, 6_000), whole("PAY2", PayMeans::Mileage, 4_000)];
    }));
    let seen = |cost: &ClaimCost| {
        let ways = cost.refunds.iter().map(|one| (one.amount.amount(), one.by_transfer));
        (ways.collect::<Vec<_>>(), cost.needs_refund_account)
    };
    assert!(story.cancel(CUSTOMER, &[(1, 2)]).is_err(), "a cancel can wait");
    let first = story.settle(&story.terms(Blame::Customer, &[(1, 2)]));
    assert_eq!(seen(&first), (vec![(2_000, true)], true));
    let second = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!(seen(&second), (vec![(1_000, true)], true), "a cancel's refund of it goes there as well");
    let asked = cancel::effects_of(&second).into_iter().filter(|effect| effect.stage() == Stage::Refunding);
    let transfer =
        Effect::Transfer { payment_no: parsed("PAY1"), means: PayMeans::EasyPay, amount: Won::new(1_000) };
    assert_eq!(asked.collect::<Vec<_>>(), [transfer], "and its provider is asked for none of it");
    // What is left of it goes there too; mileage is our own book and gives back any part.
    let third = story.settle(&story.terms(Blame::Customer, &[(1, 5)]));
    assert_eq!(seen(&third), (vec![(3_000, true), (2_000, false)], true));
    assert_eq!(third.mileage_restored.amount(), 2_000);
    // Whole and at once it goes back the way it came.
    story.history = ClaimHistory::default();
    let all = story.settle(&story.terms(Blame::Customer, &[(1, 10)]));
    assert_eq!(seen(&all), (vec![(6_000, false), (4_000, false)], false));
}

#[test]
fn two_items_of_a_line_are_reckoned_one_after_the_other() {
    let story = example();
    let one = |item: &str, quantity| ReturnedGoods { line_seq: 1, item_no: parsed(item), quantity };
    let of_pairs =
        ReturnTerms { goods: vec![one("002", 1), one("001", 2)], ..story.terms(Blame::Customer, &[]) };
    let cost = story.quote_return(&of_pairs).unwrap();
    let rows = cost.goods.iter().map(|goods| {
        (goods.item_no.as_str(), goods.quantity, goods.goods_amount.amount(), goods.discount_amount.amount())
    });
    assert_eq!(rows.collect::<Vec<_>>(), [("001", 2, 40_000, 7_333), ("002", 1, 20_000, 3_667)]);
    let whole = story.quote_return(&story.terms(Blame::Customer, &[(1, 3)])).unwrap();
    assert_eq!((net_of(&cost), costs_of(&cost)), (net_of(&whole), costs_of(&whole)));
}

#[test]
fn what_an_open_claim_holds_can_t_be_claimed_and_costs_nothing() {
    let mut story = Story::of(order(|facts| {
        contract_facts(facts);
        facts.payments = vec![payment("PAY1", PayMeans::Card, 49_000)];
    }));
    let cost = story.quote(CUSTOMER, &[(1, 1)]).unwrap();
    story.history.add_held(1, parsed("002"), 1);
    story.history.add_held(1, parsed("001"), 1);
    story.history.add_held_payment(held(7, 500).remove(0));
    assert_eq!(story.quote(CUSTOMER, &[(1, 1)]), Ok(cost));
    let refused = CancelRefusal::QuantityExceeded(vec!["claimGoodsList[0].claimQty".into()]);
    assert_eq!(story.quote(CUSTOMER, &[(1, 2)]), Err(refused));
    let line = &eligibility::lines(&story.order, &story.history)[0];
    assert_eq!((line.quantity_claimed, line.quantity_claimable), (2, 1));
    let means = eligibility::refund_means(&story.order, &story.history, &story.policy, august(5, 0));
    assert_eq!(means.unwrap().payments.len(), 1, "held money is nobody's");
    assert_eq!(story.history.held_of_item(1, &parsed("002")), 1);
}

#[test]
fn goods_that_can_t_come_back_are_a_contradiction() {
    let story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 2, 100), line(2, 2, 2, 100)];
        facts.lines[0].discounts = vec![line_discount("P1", None, None, 10, 0)];
        facts.groups = vec![group(1, 30, None, 0), group(2, 30, None, 0)];
    }));
    let one = |line_seq, quantity| ReturnedGoods { line_seq, item_no: parsed("001"), quantity };
    for goods in [
        vec![],
        vec![one(3, 1)],
        vec![one(1, 0)],
        vec![one(1, 3)],
        vec![one(1, 1), one(1, 1)],
        vec![one(1, 1), one(2, 1)],
    ] {
        let terms = ReturnTerms { goods: goods.clone(), ..story.terms(Blame::Customer, &[]) };
        assert!(matches!(story.quote_return(&terms), Err(ReturnRefusal::Contradiction(_))), "{goods:?}");
    }
}
