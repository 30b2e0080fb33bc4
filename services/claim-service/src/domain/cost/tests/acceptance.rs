//! What cancelFO asks for beyond the cost.

use commerce::{PayMeans, Won};

use crate::domain::cost::ClaimCost;
use crate::domain::cost::acceptance::{AcceptanceRefusal, Consent, accept, check_amount_paid};
use crate::domain::testing::{CUSTOMER, Story, contract_order};

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
    assert_eq!(check_amount_paid(&cost(owing), Won::new(500)), Ok(()));
    for other in [0, 499, 501] {
        assert_eq!(check_amount_paid(&cost(owing), Won::new(other)), required);
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
