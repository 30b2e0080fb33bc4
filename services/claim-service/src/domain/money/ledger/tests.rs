use std::collections::BTreeMap;

use commerce::{CostBearer, CostKind, PayMeans};

use super::*;
use crate::domain::cancel::effects_of;
use crate::domain::money::tests::return_life::{Life, Record};
use crate::domain::money::tests::return_model::Fault;
use crate::domain::money::{ClaimCost, CostRow};
use crate::domain::option::{self, StockMove};
use crate::domain::saga::postings::task_postings;
use crate::domain::saga::{ClaimSaga, Decision, Effect, Outcome};
use crate::domain::testing::generator::{partly_refundable_order, unpaid_order};
use crate::domain::testing::play::{some_units, split};
use crate::domain::testing::random::for_seeds;
use crate::domain::testing::{CUSTOMER, Story, VENDOR, claim_no, contract_order, parsed};

/// Everything an accepted claim posts on its way to an end.
fn postings_of(claim_no: &ClaimNo, cost: &ClaimCost, decision: Decision) -> Vec<Posting> {
    let mut postings = additional_payment_postings(claim_no, cost.additional_payment).unwrap();
    let saga = ClaimSaga::of(claim_no.clone(), effects_of(cost));
    for task in saga.tasks() {
        let is_rejection = task.effect == Effect::ConfirmOrder && decision == Decision::Rejected;
        if task.effect.stage().belongs_to(decision) && !is_rejection {
            postings.extend(task_postings(claim_no, cost, &task.effect, Outcome::Done).unwrap());
        }
    }
    postings
}

#[test]
fn the_first_unit_of_the_contract_order_is_booked_where_it_belongs() {
    let cost = Story::of(contract_order()).quote(CUSTOMER, &[(1, 1)]).unwrap();
    let balances = Balances::replay(&postings_of(&claim_no(1), &cost, Decision::Confirmed));
    let seen: BTreeMap<String, i128> =
        balances.iter().map(|(account, unit, amount)| (format!("{account:?} {unit:?}"), amount)).collect();
    // Goods 20,000; discount 3,666; taken back 3,334; delivery 3,000; refund 10,000.
    let expected = [
        ("Sales Won", -20_000),
        ("Discounts Won", 3_666),
        ("DiscountsTakenBack Won", 3_334),
        ("DeliveryFees(1) Won", 3_000),
        ("Refunded(PaymentNo(\"PAY1\")) Won", 10_000),
        ("CouponsUsed Coupon(CouponIssueNo(\"CI0002\"))", -1),
        ("MemberCoupons Coupon(CouponIssueNo(\"CI0002\"))", 1),
        ("StockSold Piece(GoodsNo(\"10002551\"), ItemNo(\"001\"))", -1),
        ("StockOnHand Piece(GoodsNo(\"10002551\"), ItemNo(\"001\"))", 1),
    ];
    let expected = expected.into_iter().map(|(name, amount)| (name.to_owned(), amount)).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_coupon_that_does_not_come_back_lapses() {
    let cost = Story::of(contract_order()).quote(CUSTOMER, &[(1, 3)]).unwrap();
    let effect = Effect::RestoreCoupon { coupon_no: parsed("CI0001") };
    for (outcome, account) in [
        (Outcome::Done, Account::MemberCoupons),
        (Outcome::CouponExpired, Account::CouponsLapsed),
        (Outcome::CouponUnknown, Account::CouponsLapsed),
    ] {
        let postings = task_postings(&claim_no(1), &cost, &effect, outcome).unwrap();
        assert_eq!(postings[1].account, account);
        assert!(imbalances(&postings).is_empty());
    }
}

#[test]
fn an_option_change_moves_stock_both_ways() {
    let moved =
        StockMove { goods_no: parsed("G1"), given_back: parsed("001"), taken: parsed("002"), quantity: 3 };
    let postings = option::postings(&claim_no(1), &moved).unwrap();
    let balances = Balances::replay(&postings);
    let on_hand = |item| balances.of(&Account::StockOnHand, &Unit::Piece(parsed("G1"), parsed(item)));
    assert_eq!((on_hand("001"), on_hand("002")), (3, -3));
    assert!(imbalances(&postings).is_empty());
}

#[test]
fn what_does_not_balance_is_found() {
    let moved =
        StockMove { goods_no: parsed("G1"), given_back: parsed("001"), taken: parsed("002"), quantity: 3 };
    let mut postings = option::postings(&claim_no(1), &moved).unwrap();
    postings.pop();
    assert_eq!(imbalances(&postings), [(claim_no(1), Unit::Piece(parsed("G1"), parsed("002")), -3)]);
}

/// Every claim balances, and the replayed ledger says what the history says.
fn check(story: &Story, costs: &[(ClaimNo, ClaimCost)]) {
    let postings: Vec<Posting> =
        costs.iter().flat_map(|(claim_no, cost)| postings_of(claim_no, cost, Decision::Confirmed)).collect();
    assert_eq!(imbalances(&postings), []);
    assert!(postings.iter().all(|posting| posting.amount != 0));
    let balances = Balances::replay(&postings);
    let of = |account: Account, unit: Unit| balances.of(&account, &unit);
    assert_eq!(of(Account::OwedToCustomer, Unit::Won), 0, "every debt is settled");
    for payment in story.order.payments() {
        let refunded = story.history.refunded(&payment.number).amount();
        assert_eq!(of(Account::Refunded(payment.number.clone()), Unit::Won), i128::from(refunded));
    }
    let by_others = story.order.payments().iter().filter(|payment| payment.means != PayMeans::Mileage);
    let never_paid: i64 = by_others.map(|payment| payment.amount.amount()).sum();
    let receivable = if story.order.awaits_payment() { never_paid } else { 0 };
    assert_eq!(of(Account::Receivable, Unit::Won), i128::from(receivable), "what is no longer waited for");
    let mut paid = 0;
    for payment in story.history.additional_payments() {
        let number = payment.payment_no.clone();
        let refunded = story.history.refunded(&number).amount();
        assert_eq!(of(Account::Refunded(number), Unit::Won), i128::from(refunded));
        paid += i128::from(payment.amount.amount());
    }
    assert_eq!(of(Account::PaidForClaim, Unit::Won), -paid);
    let vendor_fees = costs.iter().flat_map(|(_, cost)| &cost.cost_rows);
    let vendor_fees = vendor_fees
        .filter(|row| row.kind == CostKind::DeliveryFee && row.bearer == CostBearer::Vendor)
        .map(|row| i128::from(row.amount.amount()));
    assert_eq!(of(Account::BorneBy(CostBearer::Vendor), Unit::Won), -vendor_fees.sum::<i128>());
    let points: i64 =
        costs.iter().map(|(_, cost)| cost.mileage_restored.amount() - cost.accrual_taken_back.amount()).sum();
    assert_eq!(of(Account::MemberPoints, Unit::Point), i128::from(points));
    let mut pieces: BTreeMap<Unit, i64> = BTreeMap::new();
    for line in story.order.lines() {
        let unit = Unit::Piece(line.goods_no.clone(), line.item_no.clone());
        *pieces.entry(unit).or_default() += story.history.claimed(line.seq);
    }
    for (unit, quantity) in pieces {
        assert_eq!(of(Account::StockOnHand, unit), i128::from(quantity));
    }
    for (account, unit, amount) in balances.iter() {
        if let Unit::Coupon(coupon_no) = unit {
            assert!(story.history.is_restored(coupon_no));
            assert!(amount.abs() == 1, "{account:?}");
        }
    }
}

#[test]
fn the_ledger_replayed_is_the_state() {
    for_seeds(8_000, |seed, random| {
        let order = if seed % 5 == 0 { unpaid_order(random) } else { partly_refundable_order(random) };
        let mut story = Story::of(order);
        let requests = if story.order.awaits_payment() {
            vec![story.everything_left()]
        } else {
            split(&some_units(&story.order, random), random)
        };
        let mut costs = Vec::new();
        for request in requests {
            let claim_no = story.next_claim_no();
            let cost = story.cancel(random.pick(&[CUSTOMER, VENDOR]), &request).unwrap();
            costs.push((claim_no, cost));
        }
        check(&story, &costs);
    });
}

#[test]
fn a_rejected_claim_leaves_nothing_but_an_additional_payment_that_went_back() {
    for_seeds(3_000, |_, random| {
        let story = Story::of(partly_refundable_order(random));
        let units = some_units(&story.order, random);
        let cost = story.quote(CUSTOMER, &units).unwrap();
        let number = story.next_claim_no();
        let postings = postings_of(&number, &cost, Decision::Rejected);
        assert_eq!(imbalances(&postings), []);
        let balances = Balances::replay(&postings);
        let amount = i128::from(cost.additional_payment.amount());
        let back = Account::Refunded(number.into());
        assert_eq!(balances.of(&back, &Unit::Won), amount);
        assert_eq!(balances.of(&Account::PaidForClaim, &Unit::Won), -amount);
        assert_eq!(balances.iter().count(), if amount == 0 { 0 } else { 2 });
    });
}

#[test]
fn mileage_refunded_is_money_owed_and_points_given_back() {
    let mut story = Story::of(contract_order());
    let cost = story.cancel(VENDOR, &[(1, 3)]).unwrap();
    assert!(cost.refunds.iter().any(|refund| refund.means == PayMeans::Mileage));
    check(&story, &[(claim_no(1), cost)]);
}

/// Everything a settled return or a final exchange posts, from the first payment on.
fn postings_of_life(record: &Record) -> Vec<Posting> {
    let claim_no = &record.claim_no;
    let mut postings = Vec::new();
    for payment in &record.held {
        postings.extend(held_payment_postings(claim_no, payment.amount).unwrap());
    }
    postings.extend(additional_payment_postings(claim_no, record.paid_at_the_end).unwrap());
    let effects = effects_of(&record.cost);
    let is_posted = |effect: &Effect| {
        matches!(
            effect,
            Effect::ConfirmOrder
                | Effect::Refund { .. }
                | Effect::Transfer { .. }
                | Effect::RestoreMileage { .. }
        )
    };
    for effect in effects.iter().filter(|effect| is_posted(effect)) {
        postings.extend(task_postings(claim_no, &record.cost, effect, Outcome::Done).unwrap());
    }
    for refund in record.cost.sent_back.iter().flat_map(|sent_back| &sent_back.advance_refunds) {
        postings.extend(held_refund_postings(claim_no, &refund.payment_no, refund.amount).unwrap());
    }
    postings
}

#[test]
fn the_ledger_of_a_life_with_returns_and_exchanges_is_its_state() {
    for_seeds(2_000, |_, random| {
        let mut life = Life::thrown(Fault::None, random);
        life.live().unwrap();
        let postings: Vec<Posting> = life.records.iter().flat_map(postings_of_life).collect();
        assert_eq!(imbalances(&postings), []);
        let balances = Balances::replay(&postings);
        let of = |account: Account| balances.of(&account, &Unit::Won);
        assert_eq!((of(Account::OwedToCustomer), of(Account::HeldForClaim), of(Account::Waived)), (0, 0, 0));
        let history = &life.story.history;
        let own = life.story.order.payments().iter().map(|payment| &payment.number);
        for number in own.chain(history.paid_for_claims().map(|(number, _)| number)) {
            let refunded = history.refunded(number).amount();
            assert_eq!(of(Account::Refunded(number.clone())), i128::from(refunded), "{number}");
        }
        let paid: i64 = history.paid_for_claims().map(|(_, amount)| amount.amount()).sum();
        assert_eq!(of(Account::PaidForClaim), -i128::from(paid));
        let rows = || life.records.iter().flat_map(|record| &record.cost.cost_rows);
        let sum = |is_one: &dyn Fn(&CostRow) -> bool| -> i128 {
            rows().filter(|row| is_one(row)).map(|row| i128::from(row.amount.amount())).sum()
        };
        for group in life.story.order.groups() {
            let number = group.group.number;
            let of_group = |kind| sum(&move |row| row.kind == kind && row.group_no == Some(number));
            assert_eq!(of(Account::ReturnFees(number)), of_group(CostKind::ReturnFee));
            assert_eq!(of(Account::ExchangeFees(number)), of_group(CostKind::ExchangeFee));
            assert_eq!(of(Account::DeliveryFees(number)), of_group(CostKind::DeliveryFee));
        }
        assert_eq!(of(Account::GiftsKept), sum(&|row| row.kind == CostKind::GiftNotReturned));
        for bearer in [CostBearer::Vendor, CostBearer::OurSide] {
            assert_eq!(of(Account::BorneBy(bearer)), -sum(&|row| row.bearer == bearer));
        }
    });
}
