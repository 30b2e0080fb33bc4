use commerce::{LineStatus, PayMeans};

use super::*;
use crate::domain::testing::{CUSTOMER, Story, august, line, order, payment};

#[test]
fn a_line_says_what_may_be_claimed_or_why_nothing_may() {
    let mut story = Story::of(order(|facts| {
        facts.lines = (1..=8).map(|seq| line(seq, 1, 2, 100)).collect();
        facts.lines[1].status = LineStatus::Preparing;
        facts.lines[2].status = LineStatus::Shipped;
        facts.lines[3].status = LineStatus::Cancelled;
        facts.lines[4].is_cancelable = false;
        facts.lines[6].is_reserved = true;
        facts.lines[7].status = LineStatus::Shipped;
    }));
    story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    // A return of the shipped line, taken by another system.
    story.history.add_claimed(8, 2);
    let seen: Vec<_> = lines(&story.order, &story.history)
        .into_iter()
        .map(|one| {
            (one.line_seq, one.quantity_claimed, one.quantity_claimable, one.refusal, one.may_change_option)
        })
        .collect();
    assert_eq!(
        seen,
        [
            (1, 1, 1, None, false),
            (2, 0, 2, None, false),
            (3, 0, 0, Some(NotClaimable::Shipped), false),
            (4, 2, 0, Some(NotClaimable::NothingLeft), false),
            (5, 0, 0, Some(NotClaimable::NotCancelable), true),
            (6, 0, 2, None, true),
            (7, 0, 2, None, false),
            (8, 2, 0, Some(NotClaimable::NothingLeft), false),
        ]
    );
}

#[test]
fn what_is_offered_is_what_a_cancel_accepts() {
    use crate::domain::testing::generator::partly_refundable_order;
    use crate::domain::testing::random::for_seeds;
    for_seeds(2_000, |_, random| {
        let mut story = Story::of(partly_refundable_order(random));
        let states: Vec<_> = story
            .order
            .lines()
            .iter()
            .map(|line| crate::domain::order::LineState {
                seq: line.seq,
                status: random.pick(&LineStatus::ALL[1..]),
                item_no: line.item_no.clone(),
                item_name: line.item_name.clone(),
            })
            .collect();
        story.order = story.order.clone().with_line_states(&states);
        for one in lines(&story.order, &story.history) {
            let more = one.quantity_claimable + 1;
            assert!(story.quote(CUSTOMER, &[(one.line_seq, more)]).is_err());
            if one.quantity_claimable > 0 {
                assert!(story.quote(CUSTOMER, &[(one.line_seq, one.quantity_claimable)]).is_ok());
            }
        }
    });
}

#[test]
fn payments_show_what_is_left_and_what_a_refund_would_ask_for() {
    let mut story = Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 10, 100)];
        facts.payments = vec![
            payment("PAY1", PayMeans::Card, 300),
            payment("PAY2", PayMeans::VirtualAccount, 600),
            payment("PAY3", PayMeans::Mileage, 100),
        ];
        facts.payments[0].is_partly_refundable = false;
    }));
    let means = |story: &Story| {
        let means = refund_means(&story.order, &story.history, &story.policy, august(5, 0)).unwrap();
        let left: Vec<i64> = means.payments.iter().map(|payment| payment.left.amount()).collect();
        (left, means.is_partly_refundable, means.needs_refund_account)
    };
    assert_eq!(means(&story), (vec![300, 600, 100], false, true));
    story.cancel(CUSTOMER, &[(1, 3)]).unwrap();
    assert_eq!(means(&story), (vec![0, 600, 100], true, true));
    story.cancel(CUSTOMER, &[(1, 6)]).unwrap();
    assert_eq!(means(&story), (vec![0, 0, 100], true, false));
}

#[test]
fn an_order_not_paid_yet_needs_no_account() {
    let order = order(|facts| {
        facts.lines[0].status = LineStatus::AwaitingPayment;
        facts.payments = vec![payment("PAY1", PayMeans::VirtualAccount, 60_000)];
    });
    let story = Story::of(order);
    let means = refund_means(&story.order, &story.history, &story.policy, august(5, 0)).unwrap();
    assert!(!means.needs_refund_account);
}
