//! What a payment shows of one refund of ours.

use chrono::{DateTime, Duration, Utc};
use commerce::Won;

use crate::clients::refund_provider::toss::mark::{Mark, is_marked};
use crate::clients::refund_provider::toss::wire::{Cancel, Payment};

/// Their clock and ours may differ by this much.
const CLOCK_DIFFERENCE: Duration = Duration::hours(1);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Done {
        transaction_key: String,
    },
    InProgress,
    /// It was tried and came to nothing.
    Aborted,
    /// It bears our mark and another amount.
    OtherAmount,
    /// Somebody gave back the same amount since, and not in our name.
    Unclear,
    Absent,
}

/// Looks for the refund by its mark.
pub(super) fn standing(payment: &Payment, mark: &Mark, amount: Won, since: DateTime<Utc>) -> Standing {
    let cancels = payment.cancels.as_deref().unwrap_or_default();
    let (mut best, mut is_unclear) = (None, false);
    for cancel in cancels {
        let reason = cancel.cancel_reason.as_deref().unwrap_or("");
        if mark.is_on(reason) {
            let found = state_of(cancel, amount);
            if best.as_ref().is_none_or(|best| rank(&found) < rank(best)) {
                best = Some(found);
            }
        } else if !is_marked(reason) && cancel.cancel_amount == amount.amount() {
            is_unclear |= is_since(cancel, since) && state_of(cancel, amount) != Standing::Aborted;
        }
    }
    best.unwrap_or(if is_unclear { Standing::Unclear } else { Standing::Absent })
}

/// What the answer to a cancel shows of it: as [`standing`], and should Toss have changed the reason, the cancel it
/// names as the last one.
pub(super) fn answered(payment: &Payment, mark: &Mark, amount: Won, since: DateTime<Utc>) -> Standing {
    let found = standing(payment, mark, amount, since);
    if !matches!(found, Standing::Absent | Standing::Unclear) {
        return found;
    }
    let last = payment.last_transaction_key.as_deref();
    let mut cancels = payment.cancels.iter().flatten();
    let last = cancels.find(|cancel| {
        Some(cancel.transaction_key.as_str()) == last
            && cancel.cancel_amount == amount.amount()
            && !is_marked(cancel.cancel_reason.as_deref().unwrap_or(""))
    });
    last.map_or(found, |cancel| state_of(cancel, amount))
}

fn state_of(cancel: &Cancel, amount: Won) -> Standing {
    match cancel.cancel_status.as_deref() {
        None | Some("DONE") if cancel.cancel_amount == amount.amount() => {
            Standing::Done { transaction_key: cancel.transaction_key.clone() }
        }
        None | Some("DONE") => Standing::OtherAmount,
        Some("ABORTED") => Standing::Aborted,
        // Under way, or a state that is not known here: in either case it may have happened.
        Some(_) => Standing::InProgress,
    }
}

/// Which of several under one mark counts.
const fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Done { .. } => 0,
        Standing::OtherAmount => 1,
        Standing::InProgress => 2,
        Standing::Aborted => 3,
        Standing::Unclear => 4,
        Standing::Absent => 5,
    }
}

/// A cancel without a readable time may be of any time.
fn is_since(cancel: &Cancel, since: DateTime<Utc>) -> bool {
    let at = cancel.canceled_at.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    at.is_none_or(|at| at >= since - CLOCK_DIFFERENCE)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::saga::EffectKey;

    const KEY: &str = "20260801C000001:REFUND:PAY1";
    const OTHER_KEY: &str = "20260801C000002:REFUND:PAY1";

    fn cancel(reason: &str, amount: i64, status: Option<&str>, at: &str) -> Value {
        json!({"transactionKey": format!("T-{reason}-{amount}"), "cancelReason": reason, "cancelAmount": amount,
            "cancelStatus": status, "canceledAt": at})
    }

    fn payment(cancels: &[Value]) -> Payment {
        let last = cancels.last().map(|cancel| cancel["transactionKey"].clone());
        let payment = json!({"paymentKey": "P", "status": "PARTIAL_CANCELED", "currency": "KRW", "totalAmount": 9000,
            "balanceAmount": 1, "lastTransactionKey": last, "cancels": cancels});
        serde_json::from_value(payment).unwrap()
    }

    const LATER: &str = "2026-08-02T00:00:00+09:00";
    const BEFORE: &str = "2026-07-02T00:00:00+09:00";

    #[track_caller]
    fn check(cancels: &[Value], in_payment: &str, in_answer: &str) {
        let since = "2026-08-01T00:00:00Z".parse().unwrap();
        let (payment, mark) = (payment(cancels), Mark::of(&EffectKey::kept(KEY)));
        let name = |standing| match standing {
            Standing::Done { .. } => "done",
            Standing::InProgress => "in progress",
            Standing::Aborted => "aborted",
            Standing::OtherAmount => "other amount",
            Standing::Unclear => "unclear",
            Standing::Absent => "absent",
        };
        assert_eq!(name(standing(&payment, &mark, Won::new(3_000), since)), in_payment);
        assert_eq!(name(answered(&payment, &mark, Won::new(3_000), since)), in_answer);
    }

    #[test]
    fn a_refund_is_found_by_its_mark() {
        let marked = format!("단순변심 {KEY}");
        let of_another = format!("단순변심 {OTHER_KEY}");
        check(&[], "absent", "absent");
        check(&[cancel(&marked, 3_000, Some("DONE"), LATER)], "done", "done");
        check(&[cancel(&marked, 3_000, None, LATER)], "done", "done");
        check(&[cancel(&marked, 2_999, Some("DONE"), LATER)], "other amount", "other amount");
        check(&[cancel(&marked, 3_000, Some("IN_PROGRESS"), LATER)], "in progress", "in progress");
        check(&[cancel(&marked, 3_000, Some("ABORTED"), LATER)], "aborted", "aborted");
        check(&[cancel(&marked, 3_000, Some("NEW_WORD"), LATER)], "in progress", "in progress");
        let twice =
            [cancel(&marked, 3_000, Some("ABORTED"), LATER), cancel(&marked, 3_000, Some("DONE"), LATER)];
        check(&twice, "done", "done");
        // Another refund of ours, of the same amount, is not this one.
        check(&[cancel(&of_another, 3_000, Some("DONE"), LATER)], "absent", "absent");
    }

    #[test]
    fn what_somebody_else_gave_back_is_not_taken_for_ours_and_not_overlooked() {
        check(&[cancel("상점 취소", 3_000, Some("DONE"), LATER)], "unclear", "done");
        check(&[cancel("상점 취소", 3_000, Some("DONE"), BEFORE)], "absent", "done");
        check(&[cancel("상점 취소", 3_000, Some("DONE"), "gestern")], "unclear", "done");
        check(&[cancel("상점 취소", 3_000, Some("ABORTED"), LATER)], "absent", "aborted");
        check(&[cancel("상점 취소", 500, Some("DONE"), LATER)], "absent", "absent");
    }
}
