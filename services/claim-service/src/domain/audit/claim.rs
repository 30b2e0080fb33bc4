//! 클레임 검증: what is kept of a claim must say the same thing everywhere it is kept.

use std::collections::{BTreeMap, HashMap};

use commerce::ClaimStatus;

use crate::domain::history::ClaimHistory;
use crate::domain::money::ledger::{Posting, additional_payment_postings, imbalances};
use crate::domain::money::{CostRow, Overflow};
use crate::domain::order::PaidOrder;
use crate::domain::saga::claim::ClaimUnderWay;
use crate::domain::saga::postings::task_postings;
use crate::domain::saga::{ClaimSaga, Effect, TaskState};

/// Everything kept of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptClaim {
    pub claim: ClaimUnderWay,
    pub saga: ClaimSaga,
    pub cost_rows: Vec<CostRow>,
    /// Units by line.
    pub lines: BTreeMap<i32, i64>,
    pub postings: Vec<Posting>,
}

/// What contradicts what; nothing of a sound claim. `planned` is what the kept cost calls for, and `hash` its hash, computed
/// now.
pub fn differences(kept: &KeptClaim, planned: &[Effect], hash: &str) -> Result<Vec<String>, Overflow> {
    let mut found = Vec::new();
    let accepted = &kept.claim.accepted;
    let cost = &accepted.cost;
    for (_, unit, sum) in imbalances(&kept.postings) {
        found.push(format!("the postings in {unit:?} add up to {sum}"));
    }
    found.extend(posting_differences(&expected_postings(kept)?, &kept.postings));
    if hash != accepted.cost_hash {
        found.push("the kept cost does not have the kept hash".to_owned());
    }
    if kept.cost_rows != cost.cost_rows {
        found.push("the cost rows are not those of the kept cost".to_owned());
    }
    if kept.lines != cost.goods.iter().map(|goods| (goods.line_seq, goods.quantity)).collect() {
        found.push("the claimed lines are not those of the kept cost".to_owned());
    }
    if !kept.saga.tasks().iter().map(|task| &task.effect).eq(planned) {
        found.push("the tasks are not those the kept cost calls for".to_owned());
    }
    let status = kept.saga.status();
    if status != kept.claim.status {
        found.push(format!("it is in {} and its tasks say {status}", kept.claim.status));
    }
    if (status == ClaimStatus::Complete) != kept.claim.completed_at.is_some() {
        found.push("it is complete without a time, or has one too early".to_owned());
    }
    Ok(found)
}

/// What the ledger must hold by now: what was paid, and what each task that is done has moved.
fn expected_postings(kept: &KeptClaim) -> Result<Vec<Posting>, Overflow> {
    let accepted = &kept.claim.accepted;
    let mut expected = additional_payment_postings(&accepted.claim_no, accepted.cost.additional_payment)?;
    for task in kept.saga.tasks() {
        let TaskState::Done(outcome) = task.state else { continue };
        if kept.saga.moves_something(&task.effect) {
            expected.extend(task_postings(&accepted.claim_no, &accepted.cost, &task.effect, outcome)?);
        }
    }
    Ok(expected)
}

/// Each posting as often as it must be there, and no other.
fn posting_differences(expected: &[Posting], kept: &[Posting]) -> Vec<String> {
    let mut counts: HashMap<&Posting, i64> = HashMap::new();
    for posting in expected {
        *counts.entry(posting).or_default() += 1;
    }
    for posting in kept {
        *counts.entry(posting).or_default() -= 1;
    }
    let mut found: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count != 0)
        .map(|(posting, count)| {
            let what = if count > 0 { "lacks" } else { "has one too many" };
            format!(
                "the ledger {what}: {} {:?} {:?} {}",
                posting.step, posting.account, posting.unit, posting.amount
            )
        })
        .collect();
    found.sort();
    found
}

/// 초과환불: payments of an order of which more goes back than was paid.
pub fn over_refunds(order: &PaidOrder, history: &ClaimHistory) -> Vec<String> {
    let own = order.payments().iter().map(|payment| (payment.number.clone(), payment.amount));
    let for_claims = history.paid_for_claims().map(|(payment_no, amount)| (payment_no.clone(), amount));
    own.chain(for_claims)
        .filter(|(payment_no, amount)| history.refunded(payment_no) > *amount)
        .map(|(payment_no, amount)| {
            format!(
                "of payment {payment_no} {} goes back and {amount} was paid",
                history.refunded(&payment_no)
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use commerce::{ClaimReason, ClaimType, Won};

    use super::*;
    use crate::domain::cancel::effects_of;
    use crate::domain::saga::claim::AcceptedClaim;
    use crate::domain::saga::{Decision, Event, Outcome, step};
    use crate::domain::testing::{CUSTOMER, Story, august, claim_no, contract_order, parsed};

    /// The contract's order, two units, as far as the refund; kept as it should be.
    fn kept() -> KeptClaim {
        let cost = Story::of(contract_order()).quote(CUSTOMER, &[(1, 2)]).unwrap();
        let saga = ClaimSaga::of(claim_no(1), effects_of(&cost));
        let key = Effect::ConfirmOrder.key(&claim_no(1));
        let (saga, _) = step(saga, Event::Succeeded(key, Outcome::Done), august(3, 0));
        let accepted = AcceptedClaim {
            claim_no: claim_no(1),
            claim_type: ClaimType::Cancel,
            order_no: parsed("20260801O000001"),
            site_no: parsed("1"),
            member_no: None,
            reason: ClaimReason::ChangeOfMind,
            reason_text: None,
            asked_at: august(3, 0),
            reckoned_at: august(3, 0),
            policy_version: 1,
            cost_hash: "hash".to_owned(),
            paid_with: None,
            cost,
        };
        let postings =
            task_postings(&claim_no(1), &accepted.cost, &Effect::ConfirmOrder, Outcome::Done).unwrap();
        KeptClaim {
            cost_rows: accepted.cost.cost_rows.clone(),
            lines: [(1, 2)].into(),
            postings,
            claim: ClaimUnderWay {
                accepted,
                decision: Decision::Confirmed,
                status: ClaimStatus::InProgress,
                completed_at: None,
            },
            saga,
        }
    }

    fn found(kept: &KeptClaim) -> Vec<String> {
        differences(kept, &effects_of(&kept.claim.accepted.cost), "hash").unwrap()
    }

    #[test]
    fn a_sound_claim_has_no_differences() {
        assert_eq!(found(&kept()), Vec::<String>::new());
    }

    #[test]
    fn each_thing_that_was_tampered_with_is_named() {
        let check = |tamper: &dyn Fn(&mut KeptClaim), expected: &[&str]| {
            let mut kept = kept();
            tamper(&mut kept);
            let found = found(&kept);
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.contains(expected), "{found}");
            }
        };
        check(&|kept| kept.postings[0].amount += 1, &["add up to 1", "has one too many", "lacks"]);
        check(
            &|kept| {
                kept.postings.pop();
            },
            &["add up to", "lacks"],
        );
        check(
            &|kept| {
                let again = kept.postings.clone();
                kept.postings.extend(again.into_iter().take(2));
            },
            &["has one too many", "has one too many"],
        );
        check(&|kept| kept.cost_rows[0].amount = Won::new(1), &["cost rows"]);
        check(&|kept| kept.lines = [(1, 3)].into(), &["claimed lines"]);
        check(&|kept| kept.claim.accepted.cost_hash = "other".to_owned(), &["hash"]);
        check(&|kept| kept.claim.status = ClaimStatus::Complete, &["it is in 30"]);
    }
}
