//! A cost is kept for as long as its order lives. What an earlier version wrote must read as the same cost.

use commerce::{Blame, PayMeans, Won};

use crate::domain::cancel::effects_of;
use crate::domain::history::AdditionalPayment;
use crate::domain::money::ClaimCost;
use crate::domain::money::terms::{ReturnTerms, next_payment_no};
use crate::domain::saga::{ClaimSaga, Effect};
use crate::domain::testing::{CUSTOMER, Story, claim_no, contract_facts, contract_order, order};

/// Written by the first version that kept costs: a field may be added to what is written, never taken from what is read.
const KEPT_COSTS: &str = include_str!("kept_costs.json");
/// Written by the first version that kept returns.
const KEPT_RETURN: &str = include_str!("kept_return.json");
const KEPT_EFFECTS: &str = include_str!("kept_effects.json");

/// The contract's order: one unit, and then what is left.
fn costs() -> Vec<ClaimCost> {
    let mut story = Story::of(contract_order());
    let first = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    vec![first, story.quote(CUSTOMER, &[(1, 2)]).unwrap()]
}

fn effects() -> Vec<Effect> {
    let saga = ClaimSaga::of(claim_no(1), effects_of(&costs()[1]));
    saga.tasks().iter().map(|task| task.effect.clone()).collect()
}

#[test]
fn costs_that_were_kept_read_as_they_were() {
    assert_eq!(serde_json::from_str::<Vec<ClaimCost>>(KEPT_COSTS).unwrap(), costs());
    assert_eq!(serde_json::to_string(&costs()).unwrap(), KEPT_COSTS.trim_end());
}

/// A return with everything that only returns have.
fn settled_return() -> ClaimCost {
    let story = Story::of(order(|facts| {
        contract_facts(facts);
        facts.gifts[0].value = Won::new(700);
        facts.payments[0].is_partly_refundable = false;
    }));
    let payment_no = next_payment_no(&claim_no(1), &[]).unwrap();
    let held = AdditionalPayment { payment_no, means: PayMeans::Card, amount: Won::new(500) };
    let terms = ReturnTerms {
        gifts_kept: [0].into(),
        waived: Won::new(300),
        paid_in_advance: vec![held],
        ..story.terms(Blame::Customer, &[(1, 1)])
    };
    story.quote_return(&terms).unwrap()
}

#[test]
fn a_return_that_was_kept_reads_as_it_was() {
    assert_eq!(serde_json::to_string(&settled_return()).unwrap(), KEPT_RETURN.trim_end());
    assert_eq!(serde_json::from_str::<ClaimCost>(KEPT_RETURN).unwrap(), settled_return());
}

#[test]
fn effects_that_were_kept_read_as_they_were() {
    assert_eq!(serde_json::from_str::<Vec<Effect>>(KEPT_EFFECTS).unwrap(), effects());
    assert_eq!(serde_json::to_string(&effects()).unwrap(), KEPT_EFFECTS.trim_end());
}
