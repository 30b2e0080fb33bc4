use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::LineStatus;
use commerce::claimable::reason::Asker;

use super::*;
use crate::domain::collection::CollectionKind;
use crate::domain::collection::pieces::Pieces;
use crate::domain::testing::{group, line, order, parsed};

/// Two lines of three units, delivered on the 1st of August.
struct Case {
    order: PaidOrder,
    history: ClaimHistory,
    at_hand: OrderAtHand,
}

impl Case {
    fn of(edit: impl FnOnce(&mut crate::domain::order::OrderLine)) -> Self {
        let mut first = line(1, 1, 3, 1_000);
        first.status = LineStatus::Delivered;
        edit(&mut first);
        let delivered: DateTime<Utc> = "2026-08-01T03:00:00Z".parse().unwrap();
        let pieces = Pieces::of(first.item_no.clone(), first.item_name.clone(), first.quantity);
        let is_delivered = first.status != LineStatus::Shipped;
        let order = order(|facts| {
            facts.lines = vec![first];
            facts.groups = vec![group(1, 0, None, 0)];
        });
        let at_hand = OrderAtHand {
            pieces: [(1, pieces)].into(),
            delivered_at: if is_delivered { [(1, delivered)].into() } else { HashMap::new() },
            return_days: 14,
            exchange_days: 7,
        };
        Self { order, history: ClaimHistory::default(), at_hand }
    }

    fn asked(&self, kind: CollectionKind, asker: Asker, at: &str) -> LineEligibility {
        let question = Question { kind, asker, at: at.parse().unwrap() };
        lines(&self.order, &self.history, &self.at_hand, question).remove(0)
    }

    #[track_caller]
    fn check(
        &self,
        (kind, asker, at): (CollectionKind, Asker, &str),
        claimable: i64,
        why: Option<NotReturnable>,
    ) {
        let line = self.asked(kind, asker, at);
        assert_eq!((line.quantity_claimable, line.refusal), (claimable, why), "{kind:?} {asker:?} {at}");
    }
}

const EARLY: &str = "2026-08-05T00:00:00Z";
/// The customer's days are over, the vendor's months are not.
const LATER: &str = "2026-09-01T00:00:00Z";
const LATE: &str = "2026-11-02T00:00:00Z";

#[test]
fn some_reason_is_enough_and_an_agent_is_bound_by_the_status_alone() {
    let case = Case::of(|_| {});
    for kind in [CollectionKind::Return, CollectionKind::Exchange] {
        for at in [EARLY, LATER] {
            case.check((kind, Asker::Customer, at), 3, None);
        }
        case.check((kind, Asker::Customer, LATE), 0, Some(NotReturnable::PeriodOver));
        case.check((kind, Asker::Agent, LATE), 3, None);
    }
}

#[test]
fn goods_that_never_left_are_not_sent_back_and_those_under_way_have_no_last_day() {
    for status in [LineStatus::AwaitingPayment, LineStatus::OrderComplete, LineStatus::Preparing] {
        let case = Case::of(|line| line.status = status);
        for asker in [Asker::Customer, Asker::Agent] {
            case.check((CollectionKind::Return, asker, EARLY), 0, Some(NotReturnable::NotShipped));
        }
    }
    let case = Case::of(|line| line.status = LineStatus::Shipped);
    case.check((CollectionKind::Return, Asker::Customer, LATE), 3, None);
    assert_eq!(case.asked(CollectionKind::Return, Asker::Customer, LATE).portions[0].window, None);
}

#[test]
fn what_may_not_be_returned_may_still_be_defective() {
    let case = Case::of(|line| line.is_returnable = false);
    case.check((CollectionKind::Return, Asker::Customer, EARLY), 3, None);
    case.check((CollectionKind::Return, Asker::Customer, LATE), 0, Some(NotReturnable::PeriodOver));
}

#[test]
fn what_is_held_or_gone_is_counted_where_it_went() {
    let mut case = Case::of(|_| {});
    let item: ItemNo = case.order.lines()[0].item_no.clone();
    case.history.add_claimed(1, 1);
    case.history.add_returned(1, 1);
    case.history.add_held(1, item.clone(), 1);
    let pieces = case.at_hand.pieces.get_mut(&1).unwrap();
    pieces.give_up(&item, 1);
    pieces.hold(&item, 1);
    let line = case.asked(CollectionKind::Return, Asker::Customer, EARLY);
    assert_eq!(
        (line.quantity_claimed, line.quantity_returned, line.quantity_held, line.quantity_claimable),
        (2, 1, 1, 1)
    );
    let portion = &line.portions[0];
    assert_eq!((portion.quantity, portion.quantity_claimable), (2, 1));
    case.at_hand.pieces.get_mut(&1).unwrap().hold(&item, 1);
    case.check((CollectionKind::Return, Asker::Agent, EARLY), 0, Some(NotReturnable::NothingLeft));
}

#[test]
fn an_exchanged_item_has_days_of_its_own() {
    let mut case = Case::of(|_| {});
    let item: ItemNo = case.order.lines()[0].item_no.clone();
    let arrived = "2026-08-30T03:00:00Z".parse().unwrap();
    let pieces = case.at_hand.pieces.get_mut(&1).unwrap();
    pieces.exchange(&item, &parsed("002"), "L", 1, arrived);
    let line = case.asked(CollectionKind::Return, Asker::Customer, "2026-11-05T00:00:00Z");
    let portions: Vec<_> = line
        .portions
        .iter()
        .map(|one| (one.item_no.as_str(), one.quantity, one.quantity_claimable))
        .collect();
    assert_eq!(portions, [("001", 2, 0), ("002", 1, 1)]);
    assert_eq!((line.quantity_claimable, line.refusal), (1, None));
    let window = line.portions[1].window.unwrap();
    assert_eq!(window, Window::of(arrived, 14));
}
