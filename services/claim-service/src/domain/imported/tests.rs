use super::*;
use crate::domain::testing::{CUSTOMER, august, claim_no, parsed};

fn claim(claim_type: ClaimType, status: ClaimStatus) -> ImportedClaim {
    ImportedClaim {
        number: claim_no(1),
        order_no: parsed("20260801O000001"),
        claim_type,
        status,
        reason: CUSTOMER,
        requested_at: august(3, 0),
        completed_at: (status == ClaimStatus::Complete).then(|| august(4, 0)),
        lines: vec![RequestedLine { line_seq: 1, quantity: 2 }],
    }
}

fn left(line_seq: i32) -> Option<i64> {
    (line_seq <= 2).then_some(2)
}

#[test]
fn a_claim_moves_forward_and_never_out_of_an_end() {
    use ClaimStatus::{Complete, InProgress, Rejected, Requested};
    let allowed = [
        (Requested, InProgress),
        (Requested, Complete),
        (Requested, Rejected),
        (InProgress, Complete),
        (InProgress, Rejected),
    ];
    for from in ClaimStatus::ALL {
        for to in ClaimStatus::ALL {
            let known = claim(ClaimType::Return, *from);
            let taken = take_in(Some(&known), claim(ClaimType::Return, *to), left);
            if from == to {
                assert_eq!(taken, Ok(TakenIn::Unchanged));
            } else if allowed.contains(&(*from, *to)) {
                assert!(matches!(taken, Ok(TakenIn::Updated(_))), "{from} to {to}");
            } else {
                assert!(matches!(taken, Err(TakeInRefusal::NotForward { .. })), "{from} to {to}");
            }
        }
    }
}

#[test]
fn a_return_complete_is_a_return_that_is_complete() {
    let sent = claim(ClaimType::ReturnComplete, ClaimStatus::Requested);
    let Ok(TakenIn::Created(created)) = take_in(None, sent.clone(), left) else { panic!("not created") };
    assert_eq!((created.claim_type, created.status), (ClaimType::Return, ClaimStatus::Complete));
    // Without a time of its own it was complete when it was requested.
    assert_eq!(created.completed_at, Some(august(3, 0)));
    // An open return becomes complete by it.
    let known = claim(ClaimType::Return, ClaimStatus::InProgress);
    assert!(matches!(take_in(Some(&known), sent, left), Ok(TakenIn::Updated(_))));
}

#[test]
fn a_known_claim_must_be_the_same_claim() {
    let known = claim(ClaimType::Return, ClaimStatus::Requested);
    let edits: [fn(&mut ImportedClaim); 5] = [
        |claim| claim.order_no = parsed("20260801O000002"),
        |claim| claim.claim_type = ClaimType::Exchange,
        |claim| claim.reason = ClaimReason::Reorder,
        |claim| claim.requested_at = august(9, 0),
        |claim| claim.lines[0].quantity = 1,
    ];
    for edit in edits {
        let mut sent = claim(ClaimType::Return, ClaimStatus::InProgress);
        edit(&mut sent);
        assert_eq!(take_in(Some(&known), sent, left), Err(TakeInRefusal::OtherContent(claim_no(1))));
    }
}

#[test]
fn units_are_held_by_cancels_and_returns_that_are_not_rejected() {
    for claim_type in ClaimType::ALL {
        for status in ClaimStatus::ALL {
            let expected = match claim_type {
                ClaimType::Cancel | ClaimType::Return | ClaimType::ReturnComplete => {
                    *status != ClaimStatus::Rejected
                }
                ClaimType::OptionChange | ClaimType::Exchange => false,
            };
            assert_eq!(claim(*claim_type, *status).holds_quantity(), expected, "{claim_type} {status}");
        }
    }
}

#[test]
fn more_than_is_left_is_refused_where_units_are_held() {
    let with = |claim_type, status, lines: &[(i32, i64)]| {
        let lines = lines
            .iter()
            .map(|(line_seq, quantity)| RequestedLine { line_seq: *line_seq, quantity: *quantity });
        take_in(None, ImportedClaim { lines: lines.collect(), ..claim(claim_type, status) }, left)
    };
    let (cancel, exchange) = (ClaimType::Cancel, ClaimType::Exchange);
    let requested = ClaimStatus::Requested;
    assert!(with(cancel, requested, &[(2, 2), (1, 2)]).is_ok());
    assert_eq!(with(cancel, requested, &[(2, 1), (1, 3)]), Err(TakeInRefusal::QuantityExceeded(1)));
    assert_eq!(with(cancel, requested, &[(1, 1), (1, 2)]), Err(TakeInRefusal::QuantityExceeded(1)));
    assert_eq!(with(cancel, requested, &[(9, 1)]), Err(TakeInRefusal::LineNotFound(0)));
    assert!(with(exchange, requested, &[(1, 3)]).is_ok());
    assert!(with(cancel, ClaimStatus::Rejected, &[(1, 3)]).is_ok());
    // One known before was judged when it came.
    let known = claim(cancel, requested);
    let forward = claim(cancel, ClaimStatus::Complete);
    assert!(matches!(take_in(Some(&known), forward, |_| Some(0)), Ok(TakenIn::Updated(_))));
}
