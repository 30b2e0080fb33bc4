use commerce::{ClaimStatus, RefundStatus, SagaStep, SagaStepStatus};

use crate::domain::cancel::effects_of;
use crate::domain::money::ClaimCost;
use crate::domain::saga::tests::world::now;
use crate::domain::saga::{
    ATTENTION_AFTER, ClaimSaga, Command, Decision, Effect, EffectKey, Event, Outcome, step,
};
use crate::domain::testing::{CUSTOMER, Story, claim_no, contract_order, parsed};

/// The whole contract order: card and mileage, two coupons, one item.
fn cost() -> ClaimCost {
    Story::of(contract_order()).quote(CUSTOMER, &[(1, 3)]).unwrap()
}

fn saga() -> ClaimSaga {
    ClaimSaga::of(claim_no(7), effects_of(&cost()))
}

fn key(text: &str) -> EffectKey {
    EffectKey::kept(format!("20260801C000007:{text}"))
}

fn keys(commands: &[Command]) -> Vec<String> {
    commands.iter().map(|command| command.key.as_str().replace("20260801C000007:", "")).collect()
}

fn done(saga: ClaimSaga, text: &str) -> (ClaimSaga, Vec<String>) {
    let (saga, commands) = step(saga, Event::Succeeded(key(text), Outcome::Done), now());
    (saga, keys(&commands))
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn the_order_confirms_then_money_goes_back_then_the_rest_and_last_the_notification() {
    let (saga, commands) = step(saga(), Event::Resumed, now());
    assert_eq!(keys(&commands), ["ORDER"]);
    assert_eq!(saga.status(), ClaimStatus::InProgress);
    let (saga, commands) = done(saga, "ORDER");
    assert_eq!(commands, ["REFUND:PAY1"]);
    let (saga, commands) = done(saga, "REFUND:PAY1");
    assert_eq!(commands, ["STOCK:10002551/001", "COUPON:CI0001", "COUPON:CI0002", "MILEAGE:PAY2"]);
    let (saga, commands) = done(saga, "COUPON:CI0002");
    assert_eq!(commands, nothing());
    let (saga, _) = done(saga, "MILEAGE:PAY2");
    let (saga, _) = done(saga, "STOCK:10002551/001");
    let (saga, commands) = done(saga, "COUPON:CI0001");
    assert_eq!(commands, ["NOTI"]);
    assert!(!saga.is_finished());
    let (saga, commands) = done(saga, "NOTI");
    assert_eq!((commands, saga.status(), saga.is_finished()), (nothing(), ClaimStatus::Complete, true));
}

#[test]
fn when_shipping_won_nothing_else_happens() {
    let (saga, commands) = step(saga(), Event::Refused(key("ORDER")), now());
    assert_eq!(
        (keys(&commands), saga.status(), saga.is_finished()),
        (nothing(), ClaimStatus::Rejected, true)
    );
    // A word of the order that comes late or twice changes nothing.
    let (late, commands) = done(saga.clone(), "ORDER");
    assert_eq!((late, commands), (saga.clone(), nothing()));
    assert_eq!(step(saga.clone(), Event::Resumed, now()), (saga.clone(), Vec::new()));
    let steps: Vec<SagaStep> = saga.steps().iter().map(|view| view.step).collect();
    assert_eq!(steps, [SagaStep::Order]);
    assert!(saga.stock().is_empty());
}

#[test]
fn what_was_paid_for_a_rejected_claim_goes_back_in_full() {
    let mut cost = cost();
    cost.refunds.clear();
    cost.additional_payment = commerce::Won::new(500);
    let saga = ClaimSaga::of(claim_no(7), effects_of(&cost));
    let (saga, commands) = step(saga, Event::Refused(key("ORDER")), now());
    assert_eq!(
        commands[0].effect,
        Effect::ReturnAdditionalPayment { amount: commerce::Won::new(500) },
        "{commands:?}"
    );
    assert_eq!((saga.status(), saga.is_finished()), (ClaimStatus::Rejected, false));
    let (saga, _) = done(saga, "REFUND:/additional");
    assert!(saga.is_finished());
    let statuses: Vec<_> = saga.steps().iter().map(|view| (view.step, view.status)).collect();
    assert_eq!(statuses, [(SagaStep::Order, SagaStepStatus::Done), (SagaStep::Refund, SagaStepStatus::Done)]);
}

#[test]
fn an_unknown_outcome_is_asked_again_under_the_same_key_for_ever() {
    let (mut saga, _) = done(saga(), "ORDER");
    for tries in 1..=ATTENTION_AFTER + 3 {
        let commands;
        (saga, commands) = step(saga, Event::Unanswered(key("REFUND:PAY1")), now());
        assert!(commands.is_empty());
        assert_eq!(saga.needs_attention(), tries >= ATTENTION_AFTER, "after {tries}");
        let (_, commands) = step(saga.clone(), Event::RetryDue(key("REFUND:PAY1")), now());
        assert_eq!(keys(&commands), ["REFUND:PAY1"]);
    }
    let card = parsed("PAY1");
    assert_eq!(saga.refund_status(&card), Some((RefundStatus::NeedsAttention, Some(now()))));
    let refund = saga.steps().into_iter().find(|view| view.step == SagaStep::Refund).unwrap();
    assert_eq!((refund.status, refund.tries), (SagaStepStatus::NeedsAttention, ATTENTION_AFTER + 3));
    let (saga, commands) = done(saga, "REFUND:PAY1");
    assert_eq!((commands.len(), saga.needs_attention()), (4, false));
    assert_eq!(saga.refund_status(&card), Some((RefundStatus::Done, Some(now()))));
    assert_eq!(saga.refund_status(&parsed("PAY2")), Some((RefundStatus::Requested, None)));
    assert_eq!(saga.refund_status(&parsed("PAY3")), None);
}

#[test]
fn a_receiver_that_says_no_needs_a_person_at_once_and_is_still_asked_again() {
    let (saga, _) = done(saga(), "ORDER");
    let (saga, commands) = step(saga, Event::Refused(key("REFUND:PAY1")), now());
    assert!(commands.is_empty() && saga.needs_attention());
    assert_eq!(saga.status(), ClaimStatus::InProgress);
    let (_, commands) = step(saga, Event::RetryDue(key("REFUND:PAY1")), now());
    assert_eq!(keys(&commands), ["REFUND:PAY1"]);
}

#[test]
fn an_order_that_says_no_to_what_a_return_holds_is_asked_again_and_rejects_nothing() {
    let saga = ClaimSaga::of(claim_no(7), vec![Effect::TakeOutReturned, Effect::Notify]);
    let (saga, commands) = step(saga, Event::Refused(key("ORDER")), now());
    assert!(commands.is_empty() && saga.needs_attention());
    assert_eq!((saga.status(), saga.decision()), (ClaimStatus::InProgress, Decision::Undecided));
    let (saga, commands) = step(saga, Event::RetryDue(key("ORDER")), now());
    assert_eq!(keys(&commands), ["ORDER"]);
    let (saga, commands) = done(saga, "ORDER");
    assert_eq!((commands, saga.decision()), (vec!["NOTI".to_owned()], Decision::Confirmed));
}

#[test]
fn what_is_not_due_yet_or_belongs_to_nobody_changes_nothing() {
    for event in [
        Event::Succeeded(key("NOTI"), Outcome::Done),
        Event::Succeeded(key("REFUND:PAY9"), Outcome::Done),
        Event::Succeeded(EffectKey::kept("20260801C000008:ORDER"), Outcome::Done),
        Event::Unanswered(key("REFUND:PAY1")),
        Event::Refused(key("STOCK:10002551/001")),
        Event::RetryDue(key("NOTI")),
    ] {
        assert_eq!(step(saga(), event.clone(), now()), (saga(), Vec::new()), "{event:?}");
    }
}

#[test]
fn a_coupon_shows_whether_it_came_back_and_why_not() {
    let (saga, _) = done(saga(), "ORDER");
    let (saga, _) = done(saga, "REFUND:PAY1");
    let (saga, _) = step(saga, Event::Succeeded(key("COUPON:CI0001"), Outcome::CouponExpired), now());
    let seen: Vec<_> = saga.coupons().into_iter().map(|coupon| (coupon.is_restored, coupon.reason)).collect();
    assert_eq!(seen, [(false, Some("EXPIRED")), (false, None)]);
    let (saga, _) = done(saga, "COUPON:CI0002");
    assert!(saga.coupons()[1].is_restored);
    assert_eq!(saga.stock()[0].quantity, 3);
}

#[test]
fn steps_are_shown_in_their_order_and_only_where_there_is_something_to_do() {
    let codes: Vec<&str> = saga().steps().iter().map(|view| view.step.code()).collect();
    assert_eq!(codes, ["ORDER", "REFUND", "STOCK", "COUPON", "MILEAGE", "NOTI"]);
}
