//! What cancelFO asks for beyond the cost.

use commerce::{PayMeans, Won};

use crate::domain::money::ClaimCost;
use crate::domain::money::acceptance::{AcceptanceRefusal, Consent, StandingPayment, accept, check_payment};
use crate::domain::testing::{CUSTOMER, Story, contract_order, parsed};

fn cost(edit: impl FnOnce(&mut ClaimCost)) -> ClaimCost {
    let mut cost = Story::of(contract_order()).quote(CUSTOMER, &[(1, 1)]).unwrap();
    edit(&mut cost);
    cost
}

fn owing(cost: &mut ClaimCost) {
    cost.refund = Won::ZERO;
    cost.additional_payment = Won::new(500);
}

#[track_caller]
fn check(cost: &ClaimCost, consent: &Consent, expected: Result<(), AcceptanceRefusal>) {
    assert_eq!(accept(cost, "cafe", consent), expected);
}

#[test]
fn what_the_customer_saw_is_what_is_executed() {
    let cost = cost(|_| {});
    let saw = |cost_hash: Option<&str>, refund: Option<i64>| Consent {
        cost_hash: cost_hash.map(str::to_owned),
        expected_refund: refund.map(Won::new),
        ..Consent::default()
    };
    check(&cost, &saw(None, None), Ok(()));
    check(&cost, &saw(Some("cafe"), Some(10_000)), Ok(()));
    check(&cost, &saw(Some("beef"), None), Err(AcceptanceRefusal::AmountChanged));
    check(&cost, &saw(Some(""), None), Err(AcceptanceRefusal::AmountChanged));
    check(&cost, &saw(None, Some(9_999)), Err(AcceptanceRefusal::AmountChanged));
    check(&cost, &saw(Some("cafe"), Some(10_001)), Err(AcceptanceRefusal::AmountChanged));
}

#[test]
fn an_additional_payment_is_asked_for_only_where_it_is_needed_and_never_in_our_own_money() {
    let paid = |means| Consent { additional_payment: means, ..Consent::default() };
    let required = Err(AcceptanceRefusal::AdditionalPaymentRequired(Won::new(500)));
    check(&cost(owing), &paid(None), required);
    check(&cost(owing), &paid(Some(PayMeans::Card)), Ok(()));
    for means in [PayMeans::Mileage, PayMeans::Deposit] {
        let refused = AcceptanceRefusal::PaymentMeansNotAllowed(means);
        assert_eq!(refused.path(), Some("addPay.payMeansCd"));
        check(&cost(owing), &paid(Some(means)), Err(refused));
        check(&cost(|_| {}), &paid(Some(means)), Ok(()));
    }
}

#[test]
fn a_payment_settles_the_claim_it_was_made_for_with_its_amount_and_by_its_means() {
    let check = |amount, means, made_for: Option<&str>, is_accepted| {
        let payment =
            StandingPayment { amount: Won::new(amount), means, made_for: made_for.map(str::to_owned) };
        let order_no = parsed("20260801O000001");
        let outcome = check_payment(Won::new(500), &order_no, PayMeans::Card, &payment);
        let required = Err(AcceptanceRefusal::AdditionalPaymentRequired(Won::new(500)));
        assert_eq!(outcome, if is_accepted { Ok(()) } else { required }, "{payment:?}");
    };
    let card = Some(PayMeans::Card);
    check(500, card, None, true);
    check(500, card, Some("20260801O000001-1"), true);
    check(500, card, Some("20260801O000001-"), true);
    for amount in [0, 499, 501] {
        check(amount, card, None, false);
    }
    for means in [None, Some(PayMeans::EasyPay), Some(PayMeans::VirtualAccount)] {
        check(500, means, None, false);
    }
    for made_for in [
        "",
        "-",
        "20260801O000001",
        "20260801O0000011-1",
        "20260801O000002-1",
        "x20260801O000001-1",
        "20260801o000001-1",
    ] {
        check(500, card, Some(made_for), false);
    }
}

#[test]
fn refusals_come_in_the_contracts_order() {
    let cost = cost(|cost| {
        owing(cost);
        cost.needs_refund_account = true;
    });
    let mut consent = Consent { cost_hash: Some("beef".to_owned()), ..Consent::default() };
    check(&cost, &consent, Err(AcceptanceRefusal::AmountChanged));
    consent.cost_hash = Some("cafe".to_owned());
    check(&cost, &consent, Err(AcceptanceRefusal::AdditionalPaymentRequired(Won::new(500))));
    consent.additional_payment = Some(PayMeans::EasyPay);
    check(&cost, &consent, Err(AcceptanceRefusal::RefundAccountRequired));
    assert_eq!(AcceptanceRefusal::RefundAccountRequired.path(), Some("rfdAcct"));
    consent.has_refund_account = true;
    check(&cost, &consent, Ok(()));
}
