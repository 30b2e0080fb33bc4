use commerce::RejectReason;

use super::*;
use crate::domain::collection::testing::return_of;
use crate::domain::testing::{Story, gift_by_amount, line, order, parsed};

/// Two lines, three of the first and one of the second that is never collected; two gifts of one event and one of another.
fn two_lines() -> PaidOrder {
    order(|facts| {
        facts.lines.push(line(2, 1, 1, 10_000));
        facts.lines[1].is_collected = false;
        facts.gifts =
            vec![gift_by_amount("AE1", None), gift_by_amount("AE1", None), gift_by_amount("AE2", None)];
    })
}

fn claim() -> CollectionClaim {
    let story = Story::of(two_lines());
    let terms = story.terms(Blame::Customer, &[(1, 3), (2, 1)]);
    return_of(&story.order, &terms, story.quote_return(&terms).unwrap())
}

/// Units of the first line that are with the customer as another item.
fn claim_of_two_items() -> CollectionClaim {
    let mut claim = claim();
    let mut other = claim.goods[0].clone();
    claim.goods[0].quantity = 2;
    other.quantity = 1;
    other.item_no = parsed("002");
    claim.goods.insert(1, other);
    claim
}

fn row(line_seq: i32, accepted: i64, refused: i64) -> InspectedRow {
    let refusal = Rejection { reason: RejectReason::Used, text: None };
    InspectedRow {
        line_seq,
        item_no: None,
        accepted,
        refused,
        resellable: None,
        refusal: Some(refusal).filter(|_| refused > 0),
    }
}

fn of_item(item_no: &str, row: InspectedRow) -> InspectedRow {
    InspectedRow { item_no: Some(parsed(item_no)), ..row }
}

fn of(goods: Vec<InspectedRow>) -> Inspection {
    Inspection { goods, ..Inspection::default() }
}

fn refused(claim: &CollectionClaim, inspection: &Inspection) -> InspectionRefusal {
    judge(&two_lines(), claim, inspection).expect_err("it does not fit")
}

/// Accepted, refused and put on stock of each of the claim's goods.
#[track_caller]
fn check(claim: &CollectionClaim, goods: Vec<InspectedRow>, expected: &[(i64, i64, i64)]) {
    let judged = judge(&two_lines(), claim, &of(goods)).unwrap();
    let found: Vec<_> = judged.goods.iter().map(|one| (one.accepted, one.refused, one.resellable)).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_left_out_is_missing_and_what_was_not_collected_is_not_put_on_stock() {
    check(&claim(), vec![row(1, 2, 1), row(2, 1, 0)], &[(2, 1, 2), (1, 0, 0)]);
    check(&claim(), vec![row(1, 0, 1)], &[(0, 1, 0), (0, 0, 0)]);
    let broken = InspectedRow { resellable: Some(1), ..row(1, 3, 0) };
    check(&claim(), vec![broken], &[(3, 0, 1), (0, 0, 0)]);
    check(&claim_of_two_items(), vec![of_item("002", row(1, 1, 0))], &[(0, 0, 0), (1, 0, 1), (0, 0, 0)]);
    let mut not_collected = claim();
    not_collected.method = CollectionMethod::NotCollected;
    check(&not_collected, vec![row(1, 3, 0)], &[(3, 0, 0), (0, 0, 0)]);
}

#[test]
fn a_pair_is_the_claims_and_said_once() {
    let unfitting = |claim: &CollectionClaim, goods: Vec<InspectedRow>, paths: &[&str]| {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        assert_eq!(refused(claim, &of(goods)), InspectionRefusal::Unfitting(paths));
    };
    unfitting(&claim(), vec![row(3, 1, 0)], &["insptList[0].ordSeq"]);
    unfitting(&claim(), vec![of_item("002", row(1, 1, 0))], &["insptList[0].ordSeq"]);
    unfitting(&claim(), vec![row(1, 1, 0), of_item("001", row(1, 1, 0))], &["insptList[1].ordSeq"]);
    unfitting(&claim_of_two_items(), vec![row(2, 1, 0), row(1, 1, 0)], &["insptList[1].itmNo"]);
}

#[test]
fn no_more_comes_back_than_was_claimed_and_something_does() {
    let exceeded = InspectionRefusal::QuantityExceeded(vec!["insptList[0].acptQty".to_owned()]);
    assert_eq!(refused(&claim(), &of(vec![row(1, 3, 1)])), exceeded);
    assert_eq!(refused(&claim(), &of(vec![row(1, i64::MAX, i64::MAX)])), exceeded);
    assert_eq!(refused(&claim(), &of(vec![row(1, 0, 0)])), InspectionRefusal::Nothing);
    assert_eq!(refused(&claim(), &of(Vec::new())), InspectionRefusal::Nothing);
}

#[test]
fn gifts_are_the_orders_and_those_not_named_have_come_back() {
    let kept = |gifts: &[(&str, bool)]| {
        let gifts = gifts.iter().map(|(no, came_back)| ((*no).to_owned(), *came_back)).collect();
        let inspection = Inspection { gifts, ..of(vec![row(1, 1, 0)]) };
        judge(&two_lines(), &claim(), &inspection).map(|judged| judged.gifts_kept)
    };
    assert_eq!(kept(&[]), Ok([].into()));
    assert_eq!(kept(&[("AE1", false), ("AE2", true)]), Ok([0, 1].into()));
    let unfitting = |path: &str| Err(InspectionRefusal::Unfitting(vec![path.to_owned()]));
    assert_eq!(kept(&[("AE3", true)]), unfitting("giftList[0].aeNo"));
    assert_eq!(kept(&[("AE2", true), ("AE2", false)]), unfitting("giftList[1].aeNo"));
}

#[test]
fn a_fault_stays_until_it_is_set_anew() {
    let fault = |reason: Option<ClaimReason>, blame: Option<Blame>| {
        let inspection = Inspection { reason, blame, ..of(vec![row(1, 1, 0)]) };
        let judged = judge(&two_lines(), &claim(), &inspection).unwrap();
        (judged.reason, judged.blame)
    };
    assert_eq!(fault(None, None), (ClaimReason::ChangeOfMind, Blame::Customer));
    assert_eq!(fault(None, Some(Blame::Carrier)), (ClaimReason::ChangeOfMind, Blame::Carrier));
    assert_eq!(fault(Some(ClaimReason::Defective), None), (ClaimReason::Defective, Blame::Vendor));
    let both = fault(Some(ClaimReason::Defective), Some(Blame::Customer));
    assert_eq!(both, (ClaimReason::Defective, Blame::Customer));
    let cancels_own = Inspection { reason: Some(ClaimReason::Reorder), ..of(vec![row(1, 1, 0)]) };
    assert_eq!(refused(&claim(), &cancels_own), InspectionRefusal::Reason);
}

#[test]
fn what_an_exchange_has_moved_stays_as_it_is_and_the_fault_may_change() {
    let mut converted = claim();
    converted.has_moved_stock = true;
    let found = Inspected { accepted: 3, refused: 0, resellable: 2, refusal: None };
    converted.goods[0].inspected = Some(found);
    converted.goods.truncate(1);
    let blamed = Inspection { blame: Some(Blame::Vendor), ..of(vec![row(1, 3, 0)]) };
    let judged = judge(&two_lines(), &converted, &blamed).unwrap();
    assert!(!judged.is_of(&converted));
    judged.put_down(&mut converted);
    assert_eq!(converted.blame, Blame::Vendor);
    assert!(judge(&two_lines(), &converted, &of(vec![row(1, 3, 0)])).unwrap().is_of(&converted));
    let less = refused(&converted, &of(vec![row(1, 2, 0)]));
    let sold = InspectedRow { resellable: Some(3), ..row(1, 3, 0) };
    assert_eq!(less, InspectionRefusal::QuantitiesFinal);
    assert_eq!(refused(&converted, &of(vec![sold])), InspectionRefusal::QuantitiesFinal);
}

#[test]
fn a_claim_of_which_everything_is_refused_says_why() {
    let judged = judge(&two_lines(), &claim(), &of(vec![row(1, 0, 3), row(2, 0, 1)])).unwrap();
    assert!(!judged.accepts_something());
    assert_eq!(judged.refusal().map(|refusal| refusal.reason), Some(RejectReason::Used));
    assert!(judge(&two_lines(), &claim(), &of(vec![row(1, 1, 2)])).unwrap().accepts_something());
}

#[test]
fn an_exchange_has_no_gifts() {
    let mut exchange = claim();
    exchange.kind = CollectionKind::Exchange;
    exchange.reason = ClaimReason::Defective;
    let gifts = Inspection { gifts: vec![("AE1".to_owned(), true)], ..of(vec![row(1, 1, 0)]) };
    assert_eq!(refused(&exchange, &gifts), InspectionRefusal::GiftsOfExchange);
}
