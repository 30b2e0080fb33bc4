//! A cost is kept for as long as its order lives. What an earlier version wrote must read as the same cost.

use crate::domain::cancel_saga::{CancelSaga, Effect};
use crate::domain::cost::ClaimCost;
use crate::domain::testing::{CUSTOMER, Story, claim_no, contract_order};

/// Written by the first version that kept costs: a field may be added to what is written, never taken from what is read.
const KEPT_COSTS: &str = include_str!("kept_costs.json");
const KEPT_EFFECTS: &str = include_str!("kept_effects.json");

/// The contract's order: one unit, and then what is left.
fn costs() -> Vec<ClaimCost> {
    let mut story = Story::of(contract_order());
    let first = story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    vec![first, story.quote(CUSTOMER, &[(1, 2)]).unwrap()]
}

fn effects() -> Vec<Effect> {
    let saga = CancelSaga::of(claim_no(1), &costs()[1]);
    saga.tasks().iter().map(|task| task.effect.clone()).collect()
}

#[test]
fn costs_that_were_kept_read_as_they_were() {
    assert_eq!(serde_json::from_str::<Vec<ClaimCost>>(KEPT_COSTS).unwrap(), costs());
    assert_eq!(serde_json::to_string(&costs()).unwrap(), KEPT_COSTS.trim_end());
}

#[test]
fn effects_that_were_kept_read_as_they_were() {
    assert_eq!(serde_json::from_str::<Vec<Effect>>(KEPT_EFFECTS).unwrap(), effects());
    assert_eq!(serde_json::to_string(&effects()).unwrap(), KEPT_EFFECTS.trim_end());
}
