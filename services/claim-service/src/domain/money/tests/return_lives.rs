//! Lives: whatever becomes of its claims, after every step an order is worth what the model says, and no payment gives back more
//! than it took.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::domain::money::tests::return_life::Life;
use crate::domain::money::tests::return_model::Fault;
use crate::domain::testing::random::{Random, cases, for_seeds};

#[test]
fn whatever_becomes_of_its_claims_an_order_is_worth_what_the_model_says() {
    for_seeds(cases(3_000), |_, random| {
        if let Err(found) = Life::thrown(Fault::None, random).live() {
            panic!("{found}");
        }
    });
}

#[test]
fn lives_meet_everything_the_rules_know() {
    let seen = RefCell::new(BTreeSet::new());
    for_seeds(2_000, |_, random| {
        let mut life = Life::thrown(Fault::None, random);
        life.live().unwrap();
        seen.borrow_mut().extend(life.seen);
    });
    let mut expected: BTreeSet<&str> = [
        "an advance goes back",
        "an advance is taken",
        "more is due",
        "money is waived",
        "money is cut",
        "a part is transferred",
        "a cancel is transferred",
        "a cancel is cut",
        "an account is needed",
        "a gift comes back",
    ]
    .into();
    expected.extend(["GOODS", "DISCOUNT", "DISCOUNT_TAKEN_BACK", "DELIVERY_FEE", "DELIVERY_FEE_BACK"]);
    expected.extend(["RTN_FEE", "EXCH_FEE", "GIFT_NOT_RETURNED", "WAIVED", "REFUND_LIMIT"]);
    assert_eq!(seen.into_inner(), expected);
}

#[test]
fn faults_put_in_on_purpose_are_noticed() {
    for fault in
        [Fault::OutboundUnamended, Fault::HeldMoneyIsFree, Fault::NoLimitAfterWaiver, Fault::CountedAtRequest]
    {
        let is_noticed = |seed| Life::thrown(fault, &mut Random::seeded(seed)).live().is_err();
        assert!((0..2_000).any(is_noticed), "{fault:?}");
    }
}
