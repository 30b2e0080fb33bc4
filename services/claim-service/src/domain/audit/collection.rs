//! 반품·교환 검증: what is kept of a return or an exchange must say the same thing everywhere it is kept.

use std::collections::{BTreeMap, BTreeSet};

use commerce::{ClaimStatus, EndReason, PaymentNo, ReturnProgress};

use crate::domain::collection::{AdvancePayment, CollectedGoods, CollectionClaim, CollectionKind};
use crate::domain::money::ledger::{Account, Posting, Unit, imbalances};
use crate::domain::money::{ClaimCost, CostRow, Overflow};
use crate::domain::saga::postings::task_postings;
use crate::domain::saga::{ClaimSaga, Effect, TaskState};

/// Everything kept of one return or exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCollection {
    pub claim: CollectionClaim,
    /// 선결제
    pub payments: Vec<AdvancePayment>,
    /// None while nothing of it is final; of one that has ended, what was shown.
    pub final_cost: Option<FinalCost>,
    /// The hash of the cost that was shown, computed now.
    pub shown_hash_now: String,
    pub cost_rows: Vec<CostRow>,
    pub saga: ClaimSaga,
    pub postings: Vec<Posting>,
}

/// 확정비용
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalCost {
    pub cost: ClaimCost,
    pub hash: String,
    pub hash_now: String,
}

/// What its kind makes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Everything it calls for by now, in its order.
    pub effects: Vec<Effect>,
    /// What must be posted beside what its tasks have moved.
    pub postings: Vec<Posting>,
}

/// What contradicts what; nothing of a sound claim.
pub fn differences(kept: &KeptCollection, expected: &Expected) -> Result<Vec<String>, Overflow> {
    let mut found = Vec::new();
    for (_, unit, sum) in imbalances(&kept.postings) {
        found.push(format!("the postings in {unit:?} add up to {sum}"));
    }
    found.extend(posting_differences(&all_expected(kept, expected)?, &kept.postings));
    found.extend(cost_differences(kept));
    if !kept.saga.tasks().iter().map(|task| &task.effect).eq(&expected.effects) {
        found.push("the tasks are not those it calls for".to_owned());
    }
    found.extend(over_refunds(kept));
    found.extend(standing_differences(kept));
    Ok(found)
}

fn all_expected(kept: &KeptCollection, expected: &Expected) -> Result<Vec<Posting>, Overflow> {
    let mut all = expected.postings.clone();
    let Some(final_cost) = &kept.final_cost else { return Ok(all) };
    for task in kept.saga.tasks() {
        let TaskState::Done(outcome) = task.state else { continue };
        if kept.saga.moves_something(&task.effect) {
            all.extend(task_postings(&kept.claim.claim_no, &final_cost.cost, &task.effect, outcome)?);
        }
    }
    Ok(all)
}

/// What a step has moved on each account: how it was parted among postings is nobody's concern, and what was taken back has not moved.
fn posting_differences(expected: &[Posting], kept: &[Posting]) -> Vec<String> {
    let (expected, kept) = (sums_of(expected), sums_of(kept));
    let places: BTreeSet<_> = expected.keys().chain(kept.keys()).collect();
    let sum = |sums: &Sums<'_>, place| sums.get(place).copied().unwrap_or(0);
    let of_place = places.into_iter().map(|place| (place, sum(&expected, place), sum(&kept, place)));
    of_place
        .filter(|(_, expected, kept)| expected != kept)
        .map(|((step, account, unit), expected, kept)| {
            format!("the ledger has {kept} instead of {expected}: {step} {account:?} {unit:?}")
        })
        .collect()
}

type Sums<'a> = BTreeMap<(&'static str, &'a Account, &'a Unit), i128>;

fn sums_of(postings: &[Posting]) -> Sums<'_> {
    let mut sums = Sums::new();
    for posting in postings {
        let sum = sums.entry((posting.step.code(), &posting.account, &posting.unit)).or_default();
        *sum = sum.saturating_add(i128::from(posting.amount));
    }
    sums
}

fn cost_differences(kept: &KeptCollection) -> Vec<String> {
    let (claim, mut found) = (&kept.claim, Vec::new());
    if kept.shown_hash_now != claim.requested_hash {
        found.push("the cost that was shown does not have its hash".to_owned());
    }
    let no_rows = Vec::new();
    let rows = match &kept.final_cost {
        None => &no_rows,
        Some(kept) if claim.standing.progress == ReturnProgress::Ended => {
            if kept.cost != claim.requested_cost {
                found.push("it has ended, and its cost is not the one that was shown".to_owned());
            }
            &no_rows
        }
        Some(kept) => {
            if units_of_cost(&kept.cost) != units_accepted(claim) {
                found.push("the units of the kept cost are not those that were accepted".to_owned());
            }
            &kept.cost.cost_rows
        }
    };
    if kept.final_cost.as_ref().is_some_and(|kept| kept.hash != kept.hash_now) {
        found.push("the kept cost does not have the kept hash".to_owned());
    }
    if kept.cost_rows != *rows {
        found.push("the cost rows are not those of the kept cost".to_owned());
    }
    found
}

fn units_of_cost(cost: &ClaimCost) -> BTreeMap<i32, i64> {
    units(cost.goods.iter().map(|goods| (goods.line_seq, goods.quantity)))
}

fn units_accepted(claim: &CollectionClaim) -> BTreeMap<i32, i64> {
    units(claim.goods.iter().map(|goods| (goods.line_seq, goods.accepted())))
}

/// By line; none of what is 0.
fn units(rows: impl Iterator<Item = (i32, i64)>) -> BTreeMap<i32, i64> {
    let mut units: BTreeMap<i32, i64> = BTreeMap::new();
    for (line_seq, quantity) in rows.filter(|(_, quantity)| *quantity != 0) {
        let of_line = units.entry(line_seq).or_default();
        *of_line = of_line.saturating_add(quantity);
    }
    units
}

/// 초과반환: what of the money paid in advance goes back to each payment. Of a claim that has ended it is all of it.
fn over_refunds(kept: &KeptCollection) -> Vec<String> {
    let mut back: BTreeMap<&PaymentNo, i128> = BTreeMap::new();
    for task in kept.saga.tasks() {
        let (Effect::ReturnAdvance { payment_no, amount, .. }
        | Effect::ReturnRestOfAdvance { payment_no, amount, .. }) = &task.effect
        else {
            continue;
        };
        let sum = back.entry(payment_no).or_default();
        *sum = sum.saturating_add(i128::from(amount.amount()));
    }
    let has_ended = kept.claim.standing.progress == ReturnProgress::Ended;
    let mut found = Vec::new();
    for paid in &kept.payments {
        let (back, paid_amount) =
            (back.remove(&paid.payment_no).unwrap_or(0), i128::from(paid.amount.amount()));
        if back > paid_amount || has_ended && back != paid_amount {
            let payment_no = &paid.payment_no;
            found
                .push(format!("of advance payment {payment_no} {back} goes back and {paid_amount} was paid"));
        }
    }
    found.extend(back.keys().map(|payment_no| format!("{payment_no} is no advance payment and goes back")));
    found
}

fn standing_differences(kept: &KeptCollection) -> Vec<String> {
    let (claim, mut found) = (&kept.claim, Vec::new());
    let (standing, is_final) = (&claim.standing, claim.standing.final_at.is_some());
    let status = standing.progress.claim_status();
    if status != standing.status {
        found.push(format!("it is in {} and its goods in {}", standing.status, standing.progress));
    }
    let must_be_final = match standing.progress {
        ReturnProgress::Returned
        | ReturnProgress::ShippingInstructed
        | ReturnProgress::Shipped
        | ReturnProgress::Delivered => Some(true),
        // A return whose settlement is under way still stands here.
        ReturnProgress::Collected if claim.kind == CollectionKind::Return => None,
        ReturnProgress::Collected
        | ReturnProgress::Requested
        | ReturnProgress::CollectionInstructed
        | ReturnProgress::Collecting
        | ReturnProgress::OnHold
        | ReturnProgress::Ended => Some(false),
    };
    if must_be_final.is_some_and(|must_be| must_be != is_final) {
        let is_or_not = if is_final { "is" } else { "is not" };
        found.push(format!("its goods are in {} and its cost {is_or_not} final", standing.progress));
    }
    if is_final && kept.final_cost.is_none() {
        found.push("its cost is final, and is not kept".to_owned());
    }
    if is_final && claim.kind == CollectionKind::Return && kept.saga.status() != standing.status {
        found.push(format!("it is in {} and its tasks say {}", standing.status, kept.saga.status()));
    }
    if (standing.status == ClaimStatus::Complete) != standing.completed_at.is_some() {
        found.push("it is complete without a time, or has one too early".to_owned());
    }
    found
}

/// 반품전환: what of an exchange and the return it was converted into contradicts each other. The return takes over its units, of one
/// that was inspected those that were accepted, whose stock has moved.
pub fn conversion_differences(
    exchange: Option<&CollectionClaim>,
    into: Option<&CollectionClaim>,
) -> Vec<String> {
    let was_converted = |exchange: &CollectionClaim| {
        exchange.kind == CollectionKind::Exchange
            && exchange.standing.end_reason == Some(EndReason::Converted)
    };
    match (exchange, into) {
        (Some(exchange), Some(into)) => {
            let mut found = Vec::new();
            if !was_converted(exchange) {
                found.push(format!(
                    "{} comes of {}, which was not converted",
                    into.claim_no, exchange.claim_no
                ));
            }
            let taken_over = units_by_item(exchange, |goods| goods.accepted());
            if exchange.order_no != into.order_no || taken_over != units_by_item(into, |goods| goods.quantity)
            {
                found.push(format!(
                    "{} is not of the units of {}, which it comes of",
                    into.claim_no, exchange.claim_no
                ));
            }
            if into.has_moved_stock != exchange.is_inspected {
                found.push(format!("the stock of {} has moved, or has not, unlike it says", into.claim_no));
            }
            found
        }
        (Some(exchange), None) if was_converted(exchange) => {
            vec!["it was converted, and there is no return of it".to_owned()]
        }
        (Some(_) | None, None) => Vec::new(),
        (None, Some(into)) => vec![format!("the exchange that {} comes of is not there", into.claim_no)],
    }
}

fn units_by_item(
    claim: &CollectionClaim,
    count: impl Fn(&CollectedGoods) -> i64,
) -> BTreeMap<(i32, &str), i64> {
    let units = claim.goods.iter().map(|goods| ((goods.line_seq, goods.item_no.as_str()), count(goods)));
    units.filter(|(_, quantity)| *quantity != 0).collect()
}

#[cfg(test)]
mod tests {
    use commerce::{Blame, PayMeans, Won};

    use super::*;
    use crate::domain::collection::Inspected;
    use crate::domain::collection::effects::effects_of_end;
    use crate::domain::collection::testing::return_of;
    use crate::domain::money::ledger::held_payment_postings;
    use crate::domain::saga::{Decision, Outcome, Task};
    use crate::domain::testing::{Story, august, claim_no, contract_order};

    /// A return of two shirts for which 4,000 were paid in advance and that was then withdrawn; kept as it should be.
    fn ended() -> (KeptCollection, Expected) {
        let story = Story::of(contract_order());
        let terms = story.terms(Blame::Customer, &[(1, 2)]);
        let cost = story.quote_return(&terms).unwrap();
        let mut claim = return_of(&story.order, &terms, cost.clone());
        claim.requested_hash = "hash".to_owned();
        claim.standing.progress = ReturnProgress::Ended;
        claim.standing.status = ClaimStatus::Rejected;
        claim.standing.end_reason = Some(EndReason::WithdrawnByCustomer);
        let paid = AdvancePayment {
            payment_no: claim_no(1).into(),
            means: PayMeans::Card,
            amount: Won::new(4_000),
            provider_key: "tk".to_owned(),
        };
        let effects = effects_of_end(&claim, std::slice::from_ref(&paid), |_, amount| amount);
        let tasks = effects.iter().map(|effect| Task {
            effect: effect.clone(),
            state: TaskState::Done(Outcome::Done),
            tries: 0,
            is_refused: false,
            changed_at: Some(august(13, 0)),
        });
        let saga = ClaimSaga::restore(claim_no(1), Decision::Confirmed, tasks.collect());
        let held = held_payment_postings(&claim_no(1), paid.amount).unwrap();
        let mut postings = held.clone();
        postings.extend(task_postings(&claim_no(1), &cost, &effects[0], Outcome::Done).unwrap());
        let hash = "hash".to_owned();
        let kept = KeptCollection {
            claim,
            payments: vec![paid],
            final_cost: Some(FinalCost { cost, hash: hash.clone(), hash_now: hash.clone() }),
            shown_hash_now: hash,
            cost_rows: Vec::new(),
            saga,
            postings,
        };
        (kept, Expected { effects, postings: held })
    }

    #[track_caller]
    fn check(tamper: impl Fn(&mut KeptCollection), expected: &[&str]) {
        let (mut kept, planned) = ended();
        tamper(&mut kept);
        let found = differences(&kept, &planned).unwrap();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected) && !found.contains("tk"), "{found}");
        }
    }

    #[test]
    fn a_sound_claim_has_no_differences() {
        check(|_| {}, &[]);
    }

    #[test]
    fn each_thing_that_was_tampered_with_is_named() {
        check(|kept| kept.postings[0].amount += 1, &["add up to 1", "the ledger has"]);
        check(
            |kept| {
                let again: Vec<_> = kept.postings.iter().rev().take(2).cloned().collect();
                kept.postings.extend(again);
            },
            &["the ledger has", "the ledger has"],
        );
        check(|kept| kept.payments[0].amount = Won::new(4_001), &["4000 goes back and 4001 was paid"]);
        check(|kept| kept.payments.clear(), &["is no advance payment and goes back"]);
        check(|kept| kept.shown_hash_now = "other".to_owned(), &["the cost that was shown"]);
        check(
            |kept| kept.cost_rows = kept.claim.requested_cost.cost_rows.clone(),
            &["the cost rows are not those"],
        );
        check(
            |kept| kept.claim.standing.status = ClaimStatus::InProgress,
            &["it is in 20 and its goods in 39"],
        );
        check(
            |kept| kept.claim.standing.final_at = Some(august(13, 0)),
            &["its goods are in 39 and its cost is final", "its tasks say 30"],
        );
        check(
            |kept| kept.claim.standing.completed_at = Some(august(13, 0)),
            &["complete without a time, or has one too early"],
        );
    }

    #[test]
    fn how_a_sum_was_parted_among_postings_is_nobodys_concern() {
        check(
            |kept| {
                let (first, second) = (kept.postings[0].clone(), kept.postings[1].clone());
                for (place, half) in [(0, &first), (1, &second)] {
                    kept.postings[place].amount = half.amount / 2;
                    kept.postings.push(Posting { amount: half.amount / 2, ..half.clone() });
                }
            },
            &[],
        );
    }

    #[test]
    fn an_exchange_and_its_return_are_compared_both_ways() {
        let (KeptCollection { claim, .. }, _) = ended();
        let mut exchange = claim.clone();
        exchange.kind = CollectionKind::Exchange;
        exchange.standing.end_reason = Some(EndReason::Converted);
        let into = CollectionClaim { claim_no: claim_no(2), ..claim };
        let found = |exchange: Option<&CollectionClaim>, into: Option<&CollectionClaim>| {
            conversion_differences(exchange, into).len()
        };
        assert_eq!(found(Some(&exchange), Some(&into)), 0);
        assert_eq!((found(Some(&exchange), None), found(None, Some(&into))), (1, 1));
        let mut inspected = exchange.clone();
        inspected.is_inspected = true;
        let fewer = Inspected { accepted: 1, refused: 1, resellable: 1, refusal: None };
        inspected.goods[0].inspected = Some(fewer);
        assert_eq!(found(Some(&inspected), Some(&into)), 2);
        exchange.standing.end_reason = Some(EndReason::WithdrawnByAgent);
        assert_eq!((found(Some(&exchange), None), found(Some(&exchange), Some(&into))), (0, 1));
    }
}
