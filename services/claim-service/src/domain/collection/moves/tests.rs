use std::collections::BTreeSet;

use commerce::{Blame, RejectReason, Won};

use super::*;
use crate::domain::collection::testing::return_of;
use crate::domain::collection::{Inspected, Times};
use crate::domain::money::terms::ReturnTerms;
use crate::domain::saga::Decision;
use crate::domain::testing::{Story, contract_order};

/// So many hours after the claim was asked for.
fn hour(hours: i64) -> DateTime<Utc> {
    let asked_at: DateTime<Utc> = "2026-08-10T00:00:00Z".parse().unwrap();
    asked_at + chrono::TimeDelta::hours(hours)
}

fn invoice(number: &str) -> Invoice {
    Invoice { carrier: "CJ".to_owned(), number: number.to_owned() }
}

fn requested(kind: CollectionKind) -> CollectionClaim {
    let story = Story::of(contract_order());
    let terms = ReturnTerms { at: hour(0), ..story.terms(Blame::Customer, &[(1, 1)]) };
    let cost = story.quote_return(&terms).unwrap();
    let claim = return_of(&story.order, &terms, cost);
    let mut claim = CollectionClaim { kind, times: Times::default(), ..claim };
    claim.go_to(ReturnProgress::Requested);
    claim
}

/// A claim of this kind that has come to a state, an hour for each step, with the invoice `1` from 34 on; `36s` is a return that is
/// settled, and `39/20` one that has ended so.
fn standing_at(kind: CollectionKind, state: &str) -> CollectionClaim {
    let mut claim = requested(kind);
    let (code, rest) = state.split_at(2);
    let progress = ReturnProgress::from_wire(code).unwrap();
    claim.go_to(progress);
    if code != "31" {
        claim.times.instructed = Some(hour(1));
    }
    if !matches!(code, "31" | "33" | "39") {
        claim.times.collecting = Some(hour(2));
        claim.way_back = Some(invoice("1"));
    }
    if !matches!(code, "31" | "33" | "34" | "39") {
        claim.times.collected = Some(hour(3));
    }
    if code == "38" {
        claim.times.held = Some(hour(4));
    }
    if rest == "s" || matches!(code, "37" | "22" | "13" | "15") {
        claim.standing.final_at = Some(hour(5));
    }
    claim.standing.end_reason = rest.strip_prefix('/').and_then(EndReason::from_wire);
    claim
}

const RETURN: CollectionKind = CollectionKind::Return;
const EXCHANGE: CollectionKind = CollectionKind::Exchange;

/// Every state a claim can be in.
const STATES: [(CollectionKind, &str); 20] = [
    (RETURN, "31"),
    (RETURN, "33"),
    (RETURN, "34"),
    (RETURN, "36"),
    (RETURN, "38"),
    (RETURN, "36s"),
    (RETURN, "37"),
    (EXCHANGE, "31"),
    (EXCHANGE, "33"),
    (EXCHANGE, "34"),
    (EXCHANGE, "36"),
    (EXCHANGE, "38"),
    (EXCHANGE, "22"),
    (EXCHANGE, "13"),
    (EXCHANGE, "15"),
    (RETURN, "39/10"),
    (RETURN, "39/20"),
    (RETURN, "39/30"),
    (RETURN, "39/40"),
    (EXCHANGE, "39/50"),
];

type Operation<'a> = &'a dyn Fn(&mut CollectionClaim) -> Result<Moved, MoveRefusal>;

/// What an operation does in every state: the state it comes to, `=` where it meets its own result, `x` where it is a conflict.
#[track_caller]
fn check(operation: Operation<'_>, expected: &str) {
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let found: Vec<String> = STATES
        .iter()
        .map(|(kind, state)| {
            let before = standing_at(*kind, state);
            let mut claim = before.clone();
            match operation(&mut claim) {
                Ok(Moved::Forward) => {
                    assert_ne!(claim, before, "{state}");
                    assert_eq!(claim.standing.status, claim.standing.progress.claim_status(), "{state}");
                    claim.standing.progress.code().to_owned()
                }
                Ok(Moved::Not) => {
                    assert_eq!(claim, before, "{state}");
                    "=".to_owned()
                }
                Err(refusal) => {
                    assert_eq!((refusal, &claim), (MoveRefusal::Conflict, &before), "{state}");
                    "x".to_owned()
                }
            }
        })
        .collect();
    assert_eq!(found, expected);
}

fn to(from: &str, to: &str) -> CollectionMove {
    let progress = |code| ReturnProgress::from_wire(code).unwrap();
    let cause = (to == "38").then(|| "상자가 젖어 있음".to_owned());
    CollectionMove { from: progress(from), to: progress(to), invoice: None, at: None, cause }
}

fn collect(claim: &mut CollectionClaim, step: CollectionMove) -> Result<Moved, MoveRefusal> {
    claim.collect(step, &Holidays::default(), hour(9))
}

fn approve(claim: &mut CollectionClaim, method: Option<CollectionMethod>) -> Result<Moved, MoveRefusal> {
    claim.approve(method, &Holidays::default(), hour(9))
}

//                       return                       exchange                             ended
//                       31 33 34 36 38 36s 37        31 33 34 36 38 22 13 15              10 20 30 40 50

#[test]
fn an_agent_approves_what_was_asked_for_and_may_change_how_it_comes() {
    check(&|claim| approve(claim, None), "33 = x x x x x  33 = x x x x x x  x x x x x");
    let prepaid = Some(CollectionMethod::SentPrepaid);
    check(&|claim| approve(claim, prepaid), "33 33 x x x x x  33 33 x x x x x x  x x x x x");
    let nothing = Some(CollectionMethod::NotCollected);
    check(&|claim| approve(claim, nothing), "36 36 x x x x x  36 36 x x x x x x  x x x x x");
}

#[test]
fn the_collection_goes_its_way_step_by_step() {
    let with = |step: CollectionMove, number: &str| CollectionMove { invoice: Some(invoice(number)), ..step };
    check(&|claim| collect(claim, to("31", "33")), "33 = x x x x x  33 = x x x x x x  x x x x x");
    let step = with(to("33", "34"), "1");
    check(&|claim| collect(claim, step.clone()), "x 34 = x x x x  x 34 = x x x x x  x x x x x");
    let step = with(to("33", "36"), "1");
    check(&|claim| collect(claim, step.clone()), "x 36 x = x x x  x 36 x = x x x x  x x x x x");
    let step = with(to("34", "34"), "2");
    check(&|claim| collect(claim, step.clone()), "x x 34 x x x x  x x 34 x x x x x  x x x x x");
    check(&|claim| collect(claim, to("34", "34")), "x x = x x x x  x x = x x x x x  x x x x x");
    check(&|claim| collect(claim, to("34", "36")), "x x 36 = x x x  x x 36 = x x x x  x x x x x");
    check(&|claim| collect(claim, to("36", "38")), "x x x 38 = x x  x x x 38 = x x x  x x x x x");
    check(&|claim| collect(claim, to("38", "36")), "x x x = 36 x x  x x x = 36 x x x  x x x x x");
}

#[test]
fn an_agent_puts_goods_that_have_come_back_on_hold() {
    let cause = || Some("상자가 젖어 있음".to_owned());
    check(&|claim| claim.hold(cause(), hour(9)), "x x x 38 = x x  x x x 38 = x x x  x x x x x");
    assert_eq!(standing_at(RETURN, "36").hold(None, hour(9)), Err(MoveRefusal::NoCause));
}

#[test]
fn a_customer_who_sends_the_goods_says_by_which_parcel() {
    let sent = |number: &'static str| {
        move |claim: &mut CollectionClaim| {
            claim.method = CollectionMethod::SentPrepaid;
            claim.sent_by_customer(invoice(number), hour(9))
        }
    };
    let by_customer = |kind, state, number| {
        let mut claim = standing_at(kind, state);
        let moved = sent(number)(&mut claim);
        moved.map(|moved| (moved, claim.standing.progress.code(), claim.way_back.unwrap().number))
    };
    for kind in [RETURN, EXCHANGE] {
        let number = |text: &str| text.to_owned();
        assert_eq!(by_customer(kind, "33", "1"), Ok((Moved::Forward, "34", number("1"))));
        assert_eq!(by_customer(kind, "34", "1"), Ok((Moved::Not, "34", number("1"))));
        assert_eq!(by_customer(kind, "34", "2"), Ok((Moved::Forward, "34", number("2"))));
    }
    for (kind, state) in STATES.into_iter().filter(|(_, state)| !matches!(*state, "33" | "34")) {
        assert_eq!(by_customer(kind, state, "1"), Err(MoveRefusal::Conflict), "{state}");
    }
}

#[test]
fn a_customer_says_nothing_of_goods_that_the_shop_fetches_or_that_are_not_collected() {
    for method in [CollectionMethod::Collected, CollectionMethod::NotCollected] {
        for state in ["31", "33", "34", "36", "38"] {
            let mut claim = standing_at(RETURN, state);
            claim.method = method;
            let refused = claim.sent_by_customer(invoice("2"), hour(9));
            assert_eq!(refused, Err(MoveRefusal::NotSentByCustomer), "{state}");
        }
    }
}

#[test]
fn who_ends_a_claim_and_until_when() {
    let end = |claim: &mut CollectionClaim, why| claim.end(why, None, hour(9));
    let reject = |claim: &mut CollectionClaim| {
        let why = claim.refused_as()?;
        claim.end(why, Some(Rejection { reason: RejectReason::ALL[0], text: None }), hour(9))
    };
    check(&reject, "39 x x 39 39 x x  39 x x 39 39 x x x  = = x x x");
    let withdrawn = EndReason::WithdrawnByCustomer;
    check(&|claim| end(claim, withdrawn), "39 39 x x x x x  39 39 x x x x x x  x x = x x");
    let taken_back = EndReason::WithdrawnByAgent;
    check(&|claim| end(claim, taken_back), "39 39 39 39 39 x x  39 39 39 39 39 x x x  x x x = x");
    // Only an exchange is converted.
    let converted = EndReason::Converted;
    check(&|claim| end(claim, converted), "x x x x x x x  39 39 39 39 39 39 x x  x x x x =");
}

#[test]
fn an_end_says_why() {
    let ended = |state| {
        let mut claim = standing_at(RETURN, state);
        let why = claim.refused_as().unwrap();
        claim.end(why, None, hour(9)).unwrap();
        claim.standing.end_reason
    };
    assert_eq!(ended("31"), Some(EndReason::RefusedAtRequest));
    assert_eq!(ended("36"), Some(EndReason::RefusedAtInspection));
    assert_eq!(ended("38"), Some(EndReason::RefusedAtInspection));
}

#[test]
fn an_undecided_claim_is_moved_by_nobody() {
    for (kind, state) in STATES {
        let mut claim = standing_at(kind, state);
        claim.standing.decision = Some(Decision::Undecided);
        let undecided = claim.clone();
        for (from, next) in
            [("31", "33"), ("33", "34"), ("33", "36"), ("34", "36"), ("36", "38"), ("38", "36")]
        {
            assert_eq!(collect(&mut claim, to(from, next)), Err(MoveRefusal::Conflict));
        }
        assert_eq!(approve(&mut claim, None), Err(MoveRefusal::Conflict));
        assert_eq!(claim.hold(Some("x".to_owned()), hour(9)), Err(MoveRefusal::Conflict));
        assert_eq!(claim.sent_by_customer(invoice("1"), hour(9)), Err(MoveRefusal::Conflict));
        if claim.standing.end_reason.is_none() {
            for why in EndReason::ALL {
                assert_eq!(claim.end(*why, None, hour(9)), Err(MoveRefusal::Conflict));
            }
        }
        assert_eq!(claim, undecided);
    }
}

#[test]
fn goods_that_the_shop_fetches_come_with_an_invoice_once() {
    for (from, next) in [("33", "34"), ("33", "36")] {
        assert_eq!(collect(&mut standing_at(RETURN, "33"), to(from, next)), Err(MoveRefusal::NoInvoice));
        let mut by_customer = standing_at(RETURN, "33");
        by_customer.method = CollectionMethod::SentPayOnArrival;
        assert_eq!(collect(&mut by_customer, to(from, next)), Ok(Moved::Forward));
    }
    // One that was said with the instruction is good for what follows.
    let mut claim = standing_at(RETURN, "31");
    let step = CollectionMove { invoice: Some(invoice("7")), ..to("31", "33") };
    assert_eq!(collect(&mut claim, step.clone()), Ok(Moved::Forward));
    assert_eq!(collect(&mut claim, step), Ok(Moved::Not));
    assert_eq!(collect(&mut claim, to("33", "34")), Ok(Moved::Forward));
    assert_eq!(claim.way_back, Some(invoice("7")));
    // Another one with a later step replaces it, and a repeat of that step still meets its own result.
    let step = CollectionMove { invoice: Some(invoice("8")), ..to("34", "36") };
    assert_eq!(collect(&mut claim, step.clone()), Ok(Moved::Forward));
    assert_eq!(collect(&mut claim, step), Ok(Moved::Not));
    assert_eq!(claim.way_back, Some(invoice("8")));
    let step = CollectionMove { invoice: Some(invoice("9")), ..to("33", "36") };
    assert_eq!(collect(&mut claim, step), Err(MoveRefusal::Conflict));
}

#[test]
fn what_is_not_collected_has_come_back_with_its_instruction() {
    let mut claim = standing_at(RETURN, "31");
    claim.method = CollectionMethod::NotCollected;
    assert_eq!(collect(&mut claim, to("31", "33")), Ok(Moved::Forward));
    assert_eq!(claim.standing.progress, ReturnProgress::Collected);
    assert_eq!((claim.times.instructed, claim.times.collected), (Some(hour(9)), Some(hour(9))));
    assert_eq!(collect(&mut claim, to("31", "33")), Ok(Moved::Not));
    assert_eq!(approve(&mut claim, None), Ok(Moved::Not));
    assert_eq!(approve(&mut claim, Some(CollectionMethod::NotCollected)), Ok(Moved::Not));
    assert_eq!(approve(&mut claim, Some(CollectionMethod::Collected)), Err(MoveRefusal::Conflict));
}

#[test]
fn a_time_is_neither_before_the_step_before_nor_to_come() {
    let at = |step: CollectionMove, hours| CollectionMove {
        at: Some(hour(hours)),
        invoice: Some(invoice("1")),
        ..step
    };
    // The step before each came at this hour, and it is nine.
    for (state, from, next, before) in [
        ("31", "31", "33", 0),
        ("33", "33", "34", 1),
        ("33", "33", "36", 1),
        ("34", "34", "36", 2),
        ("36", "36", "38", 3),
        ("38", "38", "36", 4),
    ] {
        let tried = |hours| collect(&mut standing_at(RETURN, state), at(to(from, next), hours));
        assert_eq!(tried(before - 1), Err(MoveRefusal::WrongTime), "{from} {next}");
        assert_eq!(tried(before), Ok(Moved::Forward), "{from} {next}");
        assert_eq!(tried(9), Ok(Moved::Forward), "{from} {next}");
        assert_eq!(tried(10), Err(MoveRefusal::WrongTime), "{from} {next}");
    }
}

#[test]
fn without_a_time_a_step_is_never_before_the_one_before() {
    let mut claim = standing_at(RETURN, "33");
    let step = CollectionMove { invoice: Some(invoice("1")), ..to("33", "34") };
    // The clock of this replica is behind.
    assert_eq!(claim.collect(step, &Holidays::default(), hour(0)), Ok(Moved::Forward));
    assert_eq!(claim.times.collecting, claim.times.instructed);
}

#[test]
fn another_invoice_leaves_the_day_it_was_sent_on() {
    let mut claim = standing_at(RETURN, "34");
    let step = CollectionMove { invoice: Some(invoice("2")), ..to("34", "34") };
    assert_eq!(collect(&mut claim, step), Ok(Moved::Forward));
    assert_eq!((claim.times.collecting, claim.way_back), (Some(hour(2)), Some(invoice("2"))));
}

#[test]
fn a_refund_is_due_three_business_days_after_its_goods_came_back_also_over_a_hold() {
    let mut claim = standing_at(RETURN, "34");
    let step = CollectionMove { at: Some(hour(3)), ..to("34", "36") };
    assert_eq!(collect(&mut claim, step), Ok(Moved::Forward));
    assert_eq!(claim.refund_due, Some("2026-08-13".parse().unwrap()));
    let due = claim.refund_due;
    assert_eq!(collect(&mut claim, to("36", "38")), Ok(Moved::Forward));
    assert_eq!(claim.hold_cause.as_deref(), Some("상자가 젖어 있음"));
    assert_eq!(collect(&mut claim, to("38", "36")), Ok(Moved::Forward));
    assert_eq!((claim.refund_due, claim.times.collected), (due, Some(hour(3))));
    // An exchange refunds nothing.
    let mut claim = standing_at(EXCHANGE, "34");
    assert_eq!(collect(&mut claim, to("34", "36")), Ok(Moved::Forward));
    assert_eq!(claim.refund_due, None);
}

#[test]
fn what_was_inspected_may_still_be_put_on_hold_and_falls_away_with_the_claim() {
    let mut claim = standing_at(RETURN, "36");
    claim.is_inspected = true;
    claim.gifts_kept = BTreeSet::from([0]);
    claim.goods[0].inspected = Some(Inspected { accepted: 0, refused: 1, resellable: 0, refusal: None });
    assert_eq!(collect(&mut claim, to("36", "38")), Ok(Moved::Forward));
    assert!(claim.is_inspected);
    claim.forget_inspection();
    assert!(!claim.is_inspected && claim.gifts_kept.is_empty() && claim.goods[0].inspected.is_none());
    assert!(claim.requested_cost.refund > Won::ZERO);
}

#[test]
fn goods_that_an_exchange_has_put_on_the_stock_do_not_go_back_to_the_customer() {
    for why in [EndReason::RefusedAtInspection, EndReason::WithdrawnByAgent] {
        let mut claim = standing_at(CollectionKind::Return, "36");
        claim.has_moved_stock = true;
        assert_eq!(claim.clone().end(why, None, hour(9)), Err(MoveRefusal::Conflict));
        claim.has_moved_stock = false;
        assert_eq!(claim.end(why, None, hour(9)), Ok(Moved::Forward));
    }
}
