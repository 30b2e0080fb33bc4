use commerce::ItemNo;
use proptest::prelude::*;

use super::*;
use crate::domain::purchase_total::{LineState, summarise};

fn line(seq: i32, code: &str, quantity: i64, left: i64) -> StandingLine {
    StandingLine {
        state: LineState {
            seq,
            status: LineStatus::from_code(code).expect("a code"),
            unit_price: Won::new(1_000),
            quantity,
            quantity_left: left,
            discount: Won::new(500),
            delivered_at: None,
        },
        item_no: ItemNo::parse("001").expect("an item number"),
        item_name: "M".to_owned(),
        quantity_cancelled: quantity - left,
        quantity_returned: 0,
    }
}

fn claim(kind: ClaimKind, origin: Origin, lines: &[(i32, i64, i64)]) -> Claim {
    let lines = lines.iter().map(|&(line_seq, quantity, discount)| ClaimedLine {
        line_seq,
        quantity,
        discount_taken_back: Won::new(discount),
    });
    Claim { kind, origin, is_unpaid: false, lines: lines.collect() }
}

fn ours(lines: &[(i32, i64, i64)]) -> Claim {
    claim(ClaimKind::Cancel, Origin::Ours, lines)
}

fn returned(lines: &[(i32, i64, i64)]) -> Claim {
    claim(ClaimKind::Return, Origin::Ours, lines)
}

/// Status, units left, cancelled and returned, and what stands of the discount.
type Standing = (&'static str, i64, i64, i64, i64);

#[track_caller]
fn confirmed(lines: &[StandingLine], claim: &Claim, expected: &[Standing]) {
    let Ok(Outcome::Confirmed(after)) = decide(lines, claim) else { panic!("the claim is not confirmed") };
    let after: Vec<Standing> = after
        .iter()
        .map(|line| {
            let state = &line.state;
            let gone = (line.quantity_cancelled, line.quantity_returned);
            (state.status.code(), state.quantity_left, gone.0, gone.1, state.discount.amount())
        })
        .collect();
    assert_eq!(after, expected);
}

#[track_caller]
fn rejected(lines: &[StandingLine], claim: &Claim) {
    assert_eq!(decide(lines, claim), Ok(Outcome::Rejected));
}

#[test]
fn a_line_stays_in_its_status_until_nothing_of_it_is_left() {
    confirmed(&[line(1, "11", 3, 3)], &ours(&[(1, 1, 0)]), &[("11", 2, 1, 0, 500)]);
    confirmed(&[line(1, "12", 3, 2)], &ours(&[(1, 2, 0)]), &[("19", 0, 3, 0, 500)]);
    let back = claim(ClaimKind::Return, Origin::Imported, &[(1, 2, 0)]);
    confirmed(&[line(1, "15", 3, 3)], &back, &[("15", 1, 0, 2, 500)]);
    confirmed(&[line(1, "16", 3, 2)], &back, &[("37", 0, 1, 2, 500)]);
}

#[test]
fn a_line_of_which_a_unit_was_returned_ends_as_returned_whoever_takes_the_last() {
    let partly = StandingLine { quantity_cancelled: 0, quantity_returned: 1, ..line(1, "11", 3, 2) };
    let the_rest = |kind, origin| claim(kind, origin, &[(1, 2, 0)]);
    let cancelled = [("37", 0, 2, 1, 500)];
    confirmed(std::slice::from_ref(&partly), &the_rest(ClaimKind::Cancel, Origin::Ours), &cancelled);
    confirmed(std::slice::from_ref(&partly), &the_rest(ClaimKind::Cancel, Origin::Imported), &cancelled);
    confirmed(&[partly], &the_rest(ClaimKind::Return, Origin::Imported), &[("37", 0, 0, 3, 500)]);
    // A return of nothing but a discount returns no unit.
    let discount_only = claim(ClaimKind::Return, Origin::Ours, &[(1, 1, 0), (2, 0, 500)]);
    let lines = [line(1, "15", 1, 1), line(2, "19", 1, 0)];
    confirmed(&lines, &discount_only, &[("37", 0, 0, 1, 500), ("19", 0, 1, 0, 0)]);
}

#[test]
fn a_return_of_ours_takes_units_that_were_sent_and_is_never_rejected() {
    for code in ["13", "15", "16"] {
        confirmed(&[line(1, code, 3, 3)], &returned(&[(1, 2, 300)]), &[(code, 1, 0, 2, 200)]);
        confirmed(&[line(1, code, 3, 2)], &returned(&[(1, 2, 0)]), &[("37", 0, 1, 2, 500)]);
    }
    let refused = |lines: &[StandingLine], claim: &Claim, refusal| {
        assert_eq!(decide(lines, claim), Err(refusal));
    };
    for code in ["10", "11", "12", "36"] {
        refused(
            &[line(1, "15", 1, 1), line(2, code, 1, 1)],
            &returned(&[(1, 1, 0), (2, 1, 0)]),
            ClaimRefusal::NotSent { places: vec![1] },
        );
    }
    // How much is left is judged before where it stands.
    for code in ["11", "15", "19", "37"] {
        let left = i64::from(code != "19" && code != "37");
        refused(
            &[line(1, code, 3, left)],
            &returned(&[(1, 2, 0)]),
            ClaimRefusal::MoreThanLeft { places: vec![0] },
        );
    }
    refused(
        &[line(1, "15", 1, 1)],
        &returned(&[(1, 1, 501)]),
        ClaimRefusal::DiscountNotThere { places: vec![0] },
    );
    // What it takes back of a discount may stand on a line that was not sent.
    confirmed(
        &[line(1, "13", 2, 2), line(2, "12", 1, 1)],
        &returned(&[(1, 1, 0), (2, 0, 500)]),
        &[("13", 1, 0, 1, 500), ("12", 1, 0, 0, 0)],
    );
}

#[test]
fn a_discount_taken_back_counts_no_longer_wherever_its_line_stands() {
    let lines = [line(1, "11", 3, 3), line(2, "13", 2, 2), line(3, "19", 1, 0)];
    confirmed(
        &lines,
        &ours(&[(1, 1, 200), (2, 0, 500), (3, 0, 1)]),
        &[("11", 2, 1, 0, 300), ("13", 2, 0, 0, 0), ("19", 0, 1, 0, 499)],
    );
}

#[test]
fn ours_comes_too_late_once_a_line_is_shipped_or_too_little_is_left() {
    for code in ["13", "15", "16", "36"] {
        rejected(&[line(1, "11", 1, 1), line(2, code, 1, 1)], &ours(&[(1, 1, 0), (2, 1, 0)]));
    }
    rejected(&[line(1, "11", 3, 1)], &ours(&[(1, 2, 0)]));
    rejected(&[line(1, "19", 3, 0)], &ours(&[(1, 1, 0)]));
    // It is rejected even where its discounts no longer fit: it was made for an order that is no more.
    rejected(&[line(1, "13", 1, 1)], &ours(&[(1, 1, 501)]));
}

#[test]
fn an_unpaid_order_is_cancelled_whole() {
    let lines = [line(1, "10", 2, 2), line(2, "10", 1, 1), line(3, "19", 1, 0)];
    rejected(&lines, &ours(&[(1, 2, 0)]));
    rejected(&lines, &ours(&[(1, 1, 0), (2, 1, 0)]));
    let whole = [("19", 0, 2, 0, 500), ("19", 0, 1, 0, 500), ("19", 0, 1, 0, 500)];
    confirmed(&lines, &ours(&[(1, 2, 0), (2, 1, 0)]), &whole);
    let imported = claim(ClaimKind::Cancel, Origin::Imported, &[(1, 2, 0)]);
    confirmed(&lines, &imported, &[("19", 0, 2, 0, 500), ("10", 1, 0, 0, 500), ("19", 0, 1, 0, 500)]);
}

#[test]
fn imported_ones_are_applied_wherever_their_lines_stand_if_their_quantities_fit() {
    for code in ["10", "11", "12", "13", "15", "16", "36"] {
        let imported = claim(ClaimKind::Cancel, Origin::Imported, &[(1, 1, 0)]);
        confirmed(&[line(1, code, 1, 1)], &imported, &[("19", 0, 1, 0, 500)]);
    }
    let too_many = claim(ClaimKind::Return, Origin::Imported, &[(1, 1, 0), (2, 2, 0)]);
    assert_eq!(
        decide(&[line(1, "15", 1, 1), line(2, "15", 2, 1)], &too_many),
        Err(ClaimRefusal::MoreThanLeft { places: vec![1] })
    );
}

#[test]
fn what_contradicts_the_order_is_refused_by_its_places() {
    let lines = [line(1, "11", 2, 2)];
    assert_eq!(
        decide(&lines, &ours(&[(1, 1, 0), (2, 1, 0)])),
        Err(ClaimRefusal::UnknownLine { places: vec![1] })
    );
    assert_eq!(
        decide(&lines, &ours(&[(1, 1, 501)])),
        Err(ClaimRefusal::DiscountNotThere { places: vec![0] })
    );
}

proptest! {
    #[test]
    fn cancels_in_any_split_leave_the_order_as_one_cancel_does(
        quantity in 1_i64..30, first in 0_i64..30, second in 0_i64..30, taken_back in 0_i64..=500,
    ) {
        let first = first.min(quantity);
        let second = second.min(quantity - first);
        let after = |lines: &[StandingLine], lines_claimed: &[(i32, i64, i64)]| {
            match decide(lines, &ours(lines_claimed)) {
                Ok(Outcome::Confirmed(after)) => after,
                other => panic!("not confirmed: {other:?}"),
            }
        };
        let start = [line(1, "11", quantity, quantity)];
        let at_once = after(&start, &[(1, first + second, taken_back)]);
        let in_two = after(&after(&start, &[(1, first, taken_back)]), &[(1, second, 0)]);
        prop_assert_eq!(&at_once, &in_two);
        let summary = summarise(&at_once.into_iter().map(|line| line.state).collect::<Vec<_>>());
        prop_assert!(summary.is_some_and(|summary| summary.is_open == (first + second < quantity)));
    }
}

#[test]
fn what_was_reckoned_without_a_payment_is_rejected_once_the_order_is_paid() {
    let unpaid = Claim { is_unpaid: true, ..ours(&[(1, 2, 0)]) };
    confirmed(&[line(1, "10", 2, 2)], &unpaid, &[("19", 0, 2, 0, 500)]);
    rejected(&[line(1, "11", 2, 2)], &unpaid);
    rejected(&[line(1, "12", 2, 2)], &unpaid);
}
