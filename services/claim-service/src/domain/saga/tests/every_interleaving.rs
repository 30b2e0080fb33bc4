//! Every state that crashes, repeats and reorderings can lead a small claim to.

use std::collections::HashSet;

use commerce::{PayMeans, Won};

use crate::domain::saga::tests::world::{Order, World};
use crate::domain::saga::{ClaimSaga, Effect, Task};
use crate::domain::testing::{claim_no, parsed};

fn refund(number: &str) -> Effect {
    Effect::Refund { payment_no: parsed(number), means: PayMeans::Card, amount: Won::new(1) }
}

fn stock() -> Effect {
    Effect::ReturnStock { goods_no: parsed("G1"), item_no: parsed("001"), quantity: 1 }
}

fn saga(effects: Vec<Effect>) -> ClaimSaga {
    ClaimSaga::of(claim_no(1), effects)
}

/// Steps do not look at how often something was tried, so states that differ in that alone are one state.
fn forget_tries(mut world: World) -> World {
    let tasks = world.saga.tasks().iter().cloned();
    let tasks = tasks.map(|task| Task { tries: 0, is_refused: false, changed_at: None, ..task }).collect();
    world.saga = ClaimSaga::restore(world.saga.claim_no().clone(), world.saga.decision(), tasks);
    world
}

fn explore(effects: Vec<Effect>) -> HashSet<World> {
    explore_from(World::of(saga(effects)), |_| {})
}

/// Visits every reachable state; from each the claim must be able to end.
pub(super) fn explore_from(start: World, check: impl Fn(&World)) -> HashSet<World> {
    let mut seen = HashSet::from([start.clone()]);
    let mut open = vec![start];
    while let Some(world) = open.pop() {
        world.check();
        check(&world);
        for happening in world.happenings() {
            let next = world.after(&happening);
            world.check_followed_by(&next);
            let next = forget_tries(next);
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    for world in &seen {
        check(&world.clone().run_to_the_end());
    }
    seen
}

#[track_caller]
fn check_both_ends_are_reached(seen: &HashSet<World>) {
    for order in [Order::Confirmed, Order::ShippedFirst] {
        assert!(seen.iter().any(|world| world.saga.is_finished() && world.order == order), "{order:?}");
    }
}

#[test]
fn a_refund_by_two_payments_and_one_item() {
    let seen = explore(vec![Effect::ConfirmOrder, refund("PAY1"), refund("PAY2"), stock(), Effect::Notify]);
    check_both_ends_are_reached(&seen);
}

#[test]
fn everything_a_claim_can_bring_back() {
    let seen = explore(vec![
        Effect::ConfirmOrder,
        refund("PAY1"),
        stock(),
        Effect::RestoreCoupon { coupon_no: parsed("C1") },
        Effect::TakeBackAccrual { amount: Won::new(1) },
        Effect::RestoreMileage { payment_no: parsed("PAY2"), amount: Won::new(1) },
        Effect::Notify,
    ]);
    check_both_ends_are_reached(&seen);
    // Four effects side by side, each not sent, sent, carried out or done.
    assert!(seen.len() >= 4_usize.pow(4), "{} states", seen.len());
}

#[test]
fn an_additional_payment_that_stays_or_goes_back() {
    let compensation = Effect::ReturnAdditionalPayment { amount: Won::new(1) };
    let seen = explore(vec![Effect::ConfirmOrder, compensation.clone(), stock(), Effect::Notify]);
    check_both_ends_are_reached(&seen);
    for world in seen.iter().filter(|world| world.saga.is_finished()) {
        let is_returned = world.carried_out.contains(&world.key_of(&compensation));
        assert_eq!(is_returned, world.order == Order::ShippedFirst);
        let notified = world.carried_out.contains(&world.key_of(&Effect::Notify));
        assert_eq!(notified, world.order == Order::Confirmed);
    }
}

#[test]
fn a_claim_with_nothing_to_refund_passes_the_pivot_with_the_orders_word() {
    let seen = explore(vec![Effect::ConfirmOrder, stock(), Effect::Notify]);
    check_both_ends_are_reached(&seen);
}
