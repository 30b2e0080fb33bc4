use super::*;
use crate::ItemNo;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const DAYS: ClaimDays = ClaimDays { returns: 14, exchanges: 7 };
/// The customer's days are over for exchanges, then for returns, then the vendor's months.
const DAY_5: &str = "2026-08-06T00:00:00Z";
const DAY_10: &str = "2026-08-11T00:00:00Z";
const DAY_40: &str = "2026-09-10T00:00:00Z";
const DAY_100: &str = "2026-11-10T00:00:00Z";

/// Three units, delivered on the 1st of August if they were.
fn line(status: LineStatus) -> LineFacts {
    LineFacts {
        status,
        quantity: 3,
        claimed: 0,
        held: 0,
        is_cancelable: true,
        is_reserved: false,
        is_returnable: true,
        is_exchangeable: true,
    }
}

fn asked(line: LineFacts, asker: Asker, moment: &str) -> Claimable {
    let item = ItemNo::parse("001").unwrap();
    let mut pieces = Pieces::of(item.clone(), "M".to_owned(), line.quantity);
    pieces.give_up(&item, line.claimed);
    pieces.hold(&item, line.held);
    let delivered = line.status.is_delivered().then(|| at("2026-08-01T03:00:00Z"));
    Claimable::of(&line, &pieces, (delivered, DAYS), (asker, at(moment)))
}

/// Which of cancel, option change, return and exchange are open, and what is said where none is.
#[track_caller]
fn check(line: LineFacts, (asker, moment): (Asker, &str), open: &str, refusal: Option<&str>) {
    let found = asked(line, asker, moment);
    let marks = [
        ('C', found.cancel.is_ok()),
        ('O', found.option_change.is_ok()),
        ('R', found.returns.is_ok()),
        ('E', found.exchange.is_ok()),
    ];
    let found_open: String = marks.iter().filter(|(_, is_open)| *is_open).map(|(mark, _)| *mark).collect();
    assert_eq!((found_open.as_str(), found.refusal_ko()), (open, refusal), "{line:?}");
}

#[test]
fn a_line_says_what_may_be_done_with_it_or_why_nothing_may() {
    use LineStatus::{
        AwaitingPayment, Cancelled, Delivered, OrderComplete, Preparing, ReturnComplete, Shipped,
    };
    let now = (Asker::Customer, DAY_5);
    let left = NotClaimable::NothingLeft.text_ko();
    check(line(AwaitingPayment), now, "C", None);
    check(line(OrderComplete), now, "CO", None);
    check(line(Preparing), now, "C", None);
    check(line(Shipped), now, "RE", None);
    check(line(Delivered), now, "RE", None);
    check(line(Cancelled), now, "", Some(left));
    check(LineFacts { claimed: 3, ..line(ReturnComplete) }, now, "", Some(left));
    check(LineFacts { claimed: 1, ..line(OrderComplete) }, now, "C", None);
    check(LineFacts { is_reserved: true, ..line(OrderComplete) }, now, "C", None);
    check(LineFacts { is_cancelable: false, ..line(OrderComplete) }, now, "O", None);
    let not_cancelable = NotClaimable::NotCancelable.text_ko();
    check(LineFacts { is_cancelable: false, ..line(Preparing) }, now, "", Some(not_cancelable));
    let held = NotReturnable::NothingLeft.text_ko(CollectionKind::Return);
    check(LineFacts { held: 3, ..line(Delivered) }, now, "", Some(held));
    check(LineFacts { claimed: 1, held: 2, ..line(Delivered) }, now, "", Some(held));
    check(LineFacts { claimed: 1, held: 1, ..line(Delivered) }, now, "RE", None);
}

#[test]
fn every_last_day_is_the_customers_alone() {
    let delivered = line(LineStatus::Delivered);
    let never_back = LineFacts { is_returnable: false, is_exchangeable: false, ..delivered };
    let over = NotReturnable::PeriodOver.text_ko(CollectionKind::Return);
    for moment in [DAY_5, DAY_10, DAY_40] {
        // What is not the customer's fault has three months, whatever the shop says.
        check(delivered, (Asker::Customer, moment), "RE", None);
        check(never_back, (Asker::Customer, moment), "RE", None);
    }
    check(delivered, (Asker::Customer, DAY_100), "", Some(over));
    check(never_back, (Asker::Customer, DAY_100), "", Some(over));
    check(never_back, (Asker::Agent, DAY_100), "RE", None);
    check(line(LineStatus::Shipped), (Asker::Customer, DAY_100), "RE", None);
}

#[test]
fn what_is_refused_of_units_is_judged_in_one_order() {
    let item = ItemNo::parse("001").unwrap();
    let mut pieces = Pieces::of(item.clone(), "M".to_owned(), 3);
    pieces.hold(&item, 1);
    let portion = pieces.portion(&item).unwrap();
    let window = Some(Window::of(at("2026-08-01T03:00:00Z"), 14));
    let judge = |status, quantity, moment: &str, blame| {
        let question = Question { kind: CollectionKind::Return, asker: Asker::Customer, at: at(moment) };
        judge_units(&line(status), (portion, window), quantity, question, blame)
    };
    use LineStatus::{Delivered, Preparing};
    assert_eq!(judge(Preparing, 3, DAY_40, Blame::Customer), Err(UnitRefusal::QuantityExceeded));
    assert_eq!(judge(Preparing, 2, DAY_40, Blame::Customer), Err(UnitRefusal::NotReturnable));
    assert_eq!(judge(Delivered, 2, DAY_40, Blame::Customer), Err(UnitRefusal::PeriodExpired));
    assert_eq!(judge(Delivered, 2, DAY_40, Blame::Vendor), Ok(()));
    assert_eq!(judge(Delivered, 2, DAY_10, Blame::Customer), Ok(()));
}
