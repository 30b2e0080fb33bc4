//! Which lines and quantities are refused, in which order and with which path.

use commerce::LineStatus;

use crate::domain::money::CancelRefusal;
use crate::domain::testing::{CUSTOMER, Story, line, order};

/// Lines 1 to 5: to cancel, shipped, cancelled, not for cancelling, being prepared; two units each.
fn story() -> Story {
    Story::of(order(|facts| {
        facts.lines = (1..=5).map(|seq| line(seq, 1, 2, 100)).collect();
        facts.lines[1].status = LineStatus::Shipped;
        facts.lines[2].status = LineStatus::Cancelled;
        facts.lines[3].is_cancelable = false;
        facts.lines[4].status = LineStatus::Preparing;
    }))
}

fn path(index: usize, field: &str) -> String {
    format!("claimGoodsList[{index}].{field}")
}

#[track_caller]
fn check(lines: &[(i32, i64)], expected: &CancelRefusal) {
    assert_eq!(story().quote(CUSTOMER, lines).unwrap_err(), *expected);
}

#[test]
fn a_line_is_refused_by_its_path() {
    check(&[(1, 1), (9, 1)], &CancelRefusal::LineNotFound(vec![path(1, "ordSeq")]));
    check(&[(1, 3)], &CancelRefusal::QuantityExceeded(vec![path(0, "claimQty")]));
    check(&[(1, i64::MAX)], &CancelRefusal::QuantityExceeded(vec![path(0, "claimQty")]));
    check(&[(2, 1)], &CancelRefusal::NotCancelable(vec![path(0, "ordSeq")]));
    check(&[(4, 1)], &CancelRefusal::NotCancelable(vec![path(0, "ordSeq")]));
    // Nothing is left of a cancelled line, whatever claims are known.
    check(&[(3, 1)], &CancelRefusal::QuantityExceeded(vec![path(0, "claimQty")]));
    assert!(story().quote(CUSTOMER, &[(1, 2), (5, 2)]).is_ok());
}

#[test]
fn unknown_lines_come_before_quantities_and_quantities_before_states() {
    check(&[(2, 3), (4, 1), (9, 1)], &CancelRefusal::LineNotFound(vec![path(2, "ordSeq")]));
    check(
        &[(4, 1), (2, 3), (1, 3)],
        &CancelRefusal::QuantityExceeded(vec![path(1, "claimQty"), path(2, "claimQty")]),
    );
    check(
        &[(1, 1), (4, 1), (2, 1)],
        &CancelRefusal::NotCancelable(vec![path(1, "ordSeq"), path(2, "ordSeq")]),
    );
}

#[test]
fn what_claims_hold_can_not_be_claimed_again() {
    let mut story = story();
    story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    let exceeded = CancelRefusal::QuantityExceeded(vec![path(0, "claimQty")]);
    assert_eq!(story.quote(CUSTOMER, &[(1, 2)]), Err(exceeded.clone()));
    story.cancel(CUSTOMER, &[(1, 1)]).unwrap();
    assert_eq!(story.quote(CUSTOMER, &[(1, 1)]), Err(exceeded));
}

#[test]
fn every_status_before_shipping_may_be_cancelled_and_no_other() {
    for status in LineStatus::ALL {
        let story = Story::of(order(|facts| facts.lines[0].status = *status));
        let is_cancelled = story.quote(CUSTOMER, &[(1, 3)]).is_ok();
        assert_eq!(is_cancelled, ["10", "11", "12"].contains(&status.code()), "{status}");
    }
}
