use super::*;
use crate::domain::testing::{CUSTOMER, VENDOR, august};

fn request(
    asker: Asker,
    claim_type: ClaimType,
    reason: ClaimReason,
    lines: &[(i32, i64)],
) -> Result<CancelRequest, RequestFault> {
    let lines =
        lines.iter().map(|(line_seq, quantity)| RequestedLine { line_seq: *line_seq, quantity: *quantity });
    CancelRequest::new(asker, claim_type, reason, lines.collect(), august(1, 0))
}

fn paths(result: Result<CancelRequest, RequestFault>) -> Vec<(String, FieldFaultKind)> {
    match result {
        Err(RequestFault::Fields(faults)) => {
            faults.into_iter().map(|fault| (fault.path, fault.kind)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_wrong_field_is_named_at_once() {
    use FieldFaultKind::{LineRepeated, NoQuantity, NothingRequested, ReasonForAgents};
    let cancel = ClaimType::Cancel;
    assert_eq!(
        paths(request(Asker::Customer, cancel, VENDOR, &[(1, 1), (2, 0), (1, -1)])),
        [
            ("claimRsnCd".to_owned(), ReasonForAgents),
            ("claimGoodsList[1].claimQty".to_owned(), NoQuantity),
            ("claimGoodsList[2].ordSeq".to_owned(), LineRepeated),
            ("claimGoodsList[2].claimQty".to_owned(), NoQuantity),
        ]
    );
    assert_eq!(
        paths(request(Asker::Customer, cancel, CUSTOMER, &[])),
        [("claimGoodsList".to_owned(), NothingRequested)]
    );
}

#[test]
fn only_cancels_are_offered() {
    for claim_type in ClaimType::ALL {
        let made = request(Asker::Customer, *claim_type, CUSTOMER, &[(1, 1)]);
        match claim_type {
            ClaimType::Cancel => assert!(made.is_ok()),
            other => assert_eq!(made, Err(RequestFault::TypeNotSupported(*other))),
        }
    }
}

#[test]
fn an_agent_may_blame_the_vendor() {
    let request = request(Asker::Agent, ClaimType::Cancel, VENDOR, &[(2, 3)]).unwrap();
    assert_eq!((request.reason(), request.asked_at()), (VENDOR, august(1, 0)));
    assert_eq!(request.lines(), [RequestedLine { line_seq: 2, quantity: 3 }]);
}
