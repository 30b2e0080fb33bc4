use commerce::{ClaimStatus, EndReason, RejectReason};

use super::*;
use crate::domain::collection::Inspected;
use crate::domain::testing::{self, august, claim_no, line_discount, parsed};

/// Three units with 1,000 off, of which the vendor bears 30 %: 300 on three, 200 on two, 100 on one.
fn pinned() -> PinnedOrder {
    let order = testing::order(|facts| {
        facts.lines[0].discounts = vec![line_discount("P1", None, None, 1_000, 30)];
    });
    PinnedOrder {
        member_no: None,
        media: commerce::OrderMedia::Pc,
        images: Default::default(),
        provider_keys: Default::default(),
        group_addresses: [(1, 7)].into(),
        order,
    }
}

/// Two units of the first line that come back to this state.
fn target(progress: ReturnProgress) -> TargetGoods {
    let pinned = pinned();
    let line = &pinned.order.lines()[0];
    TargetGoods {
        claim: TargetClaim {
            claim_no: claim_no(1),
            order_no: pinned.order.number().clone(),
            kind: CollectionKind::Return,
            reason: ClaimReason::ChangeOfMind,
            reason_text: None,
            group_no: 1,
            blame: Blame::Customer,
            method: CollectionMethod::Collected,
            standing: Standing {
                progress,
                end_reason: None,
                status: ClaimStatus::InProgress,
                decision: None,
                final_at: None,
                completed_at: None,
            },
            way_back: None,
            rejection: None,
            times: Times::default(),
        },
        instructed_at: august(10, 12),
        goods: CollectedGoods {
            line_seq: line.seq,
            item_no: line.item_no.clone(),
            goods_no: line.goods_no.clone(),
            vendor_no: line.vendor_no.clone(),
            exchanged_for: None,
            quantity: 2,
            inspected: None,
        },
        left_before: None,
    }
}

fn context(first: (i32, &str)) -> TargetContext {
    TargetContext {
        first: Some((first.0, parsed(first.1))),
        delivery_cost: Won::new(-3_000),
        return_fee: Won::new(2_500),
        exchange_fee: Won::ZERO,
        fee_bearer: Some(CostBearer::Vendor),
        is_refund_open: false,
    }
}

fn seen(target: TargetGoods) -> ExchangeTarget {
    let first = (target.goods.line_seq, target.goods.item_no.as_str().to_owned());
    exchange_target(target, &context((first.0, &first.1)), &pinned(), None).unwrap()
}

fn settled(progress: ReturnProgress) -> TargetGoods {
    let mut target = target(progress);
    target.claim.standing.final_at = Some(august(12, 9));
    target.claim.standing.decision = Some(Decision::Confirmed);
    target.left_before = Some(3);
    target
}

#[test]
fn every_state_has_its_word() {
    use ReturnProgress as At;
    let words = ReturnProgress::ALL.iter().map(|at| (*at, stage(*at).code, shipping_state(*at).code));
    let expected = [
        (At::Shipped, "64", "10"),
        (At::Delivered, "64", "10"),
        (At::ShippingInstructed, "64", "10"),
        (At::Requested, "61", "10"),
        (At::CollectionInstructed, "61", "10"),
        (At::Collecting, "63", "10"),
        (At::Collected, "64", "10"),
        (At::Returned, "64", "10"),
        (At::OnHold, "65", "10"),
        (At::Ended, "66", "20"),
    ];
    assert_eq!(words.collect::<Vec<_>>(), expected);
    assert_eq!(outcome(At::Returned, None), "반품완료");
    for reason in EndReason::ALL {
        let is_refused = *reason == EndReason::RefusedAtInspection;
        assert_eq!(outcome(At::Ended, Some(*reason)), if is_refused { "반품거부" } else { "" });
    }
}

#[test]
fn nothing_is_known_of_quantities_before_they_are_inspected_or_final() {
    let open = seen(target(ReturnProgress::Collected));
    assert_eq!((open.accepted, open.refused, open.is_resellable, open.is_refunded), (0, 0, false, false));
    let whole = seen(settled(ReturnProgress::Collected));
    assert_eq!((whole.accepted, whole.refused, whole.is_resellable), (2, 0, true));
    let mut not_collected = settled(ReturnProgress::Collected);
    not_collected.claim.method = CollectionMethod::NotCollected;
    assert!(!seen(not_collected).is_resellable);
    let mut inspected = target(ReturnProgress::Collected);
    for (accepted, refused, resellable, expected) in [(1, 1, 1, true), (2, 0, 1, false), (0, 2, 0, false)] {
        inspected.goods.inspected = Some(Inspected { accepted, refused, resellable, refusal: None });
        let seen = seen(inspected.clone());
        assert_eq!((seen.accepted, seen.refused, seen.is_resellable), (accepted, refused, expected));
    }
}

#[test]
fn the_vendor_is_relieved_once_the_return_is_complete() {
    assert_eq!(seen(settled(ReturnProgress::Collected)).burden_relief, Won::ZERO);
    assert_eq!(seen(settled(ReturnProgress::Returned)).burden_relief, Won::new(200));
    let mut last = settled(ReturnProgress::Returned);
    (last.goods.quantity, last.left_before) = (1, Some(1));
    assert_eq!(seen(last).burden_relief, Won::new(100));
    let mut refused = settled(ReturnProgress::Returned);
    refused.goods.inspected = Some(Inspected { accepted: 0, refused: 2, resellable: 0, refusal: None });
    refused.left_before = None;
    assert_eq!(seen(refused).burden_relief, Won::ZERO);
    let mut unknown = settled(ReturnProgress::Returned);
    unknown.left_before = None;
    assert_eq!(exchange_target(unknown, &context((1, "001")), &pinned(), None), None);
}

#[test]
fn it_is_refunded_when_the_order_has_taken_it_and_nothing_is_to_go_back_any_more() {
    let mut settled = settled(ReturnProgress::Collected);
    assert!(seen(settled.clone()).is_refunded);
    let line = (settled.goods.line_seq, settled.goods.item_no.as_str().to_owned());
    let open = TargetContext { is_refund_open: true, ..context((line.0, &line.1)) };
    assert!(!exchange_target(settled.clone(), &open, &pinned(), None).unwrap().is_refunded);
    settled.claim.standing.decision = Some(Decision::Undecided);
    assert!(!seen(settled.clone()).is_refunded);
    settled.claim.standing.decision = Some(Decision::Confirmed);
    settled.claim.kind = CollectionKind::Exchange;
    assert!(!seen(settled).is_refunded);
}

#[test]
fn the_claims_costs_stand_on_its_first_row_alone() {
    let costs = |row: &ExchangeTarget| [row.delivery_cost, row.return_fee, row.exchange_fee].map(Won::amount);
    assert_eq!(costs(&seen(target(ReturnProgress::Collected))), [-3_000, 2_500, 0]);
    let elsewhere = exchange_target(target(ReturnProgress::Collected), &context((1, "000")), &pinned(), None);
    let elsewhere = elsewhere.unwrap();
    assert_eq!(costs(&elsewhere), [0, 0, 0]);
    assert_eq!((elsewhere.fee_bearer, elsewhere.delivery_seq), (Some(CostBearer::Vendor), Some(7)));
}

#[test]
fn an_item_that_came_by_an_exchange_has_the_name_it_came_with() {
    let mut other = target(ReturnProgress::Collected);
    assert_eq!(seen(other.clone()).item_name, pinned().order.lines()[0].item_name);
    other.goods.item_no = parsed("009");
    let name = "블랙/L".to_owned();
    let named = exchange_target(other.clone(), &context((1, "009")), &pinned(), Some(&name)).unwrap();
    assert_eq!(named.item_name, name);
    assert_eq!(exchange_target(other, &context((1, "009")), &pinned(), None).unwrap().item_name, "");
}

#[test]
fn goods_have_their_own_refusal_or_that_of_the_claim() {
    let refusal = |reason| Some(Rejection { reason, text: None });
    let mut target = target(ReturnProgress::Ended);
    target.claim.rejection = refusal(RejectReason::Used);
    assert_eq!(seen(target.clone()).refusal, refusal(RejectReason::Used));
    target.goods.inspected =
        Some(Inspected { accepted: 1, refused: 1, resellable: 1, refusal: refusal(RejectReason::Broken) });
    assert_eq!(seen(target).refusal, refusal(RejectReason::Broken));
}
