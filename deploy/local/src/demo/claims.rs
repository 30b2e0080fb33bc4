//! 클레임: some orders that were cancelled, sent back or exchanged before this system took over.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Value, json};

use super::order::Order;

/// What may become of an order that stands at this status: type, status and reason of a claim.
const BEFORE_SHIPPING: [(&str, &str, &str); 2] = [("10", "30", "251"), ("10", "30", "270")];
const AFTER_DELIVERY: [(&str, &str, &str); 6] = [
    ("20", "10", "251"),
    ("20", "20", "252"),
    ("22", "30", "271"),
    ("30", "20", "252"),
    ("20", "90", "259"),
    ("20", "30", "251"),
];

/// Every sixth order that can have one has a claim on its first line, unless there was no time for it before `morning`.
pub(super) fn rows(
    orders: &[(Order, &str, DateTime<FixedOffset>)],
    morning: DateTime<FixedOffset>,
) -> Vec<Value> {
    let mut rows = Vec::new();
    for (order, status, ordered_at) in orders {
        let number = order.number;
        let kinds: &[_] = match *status {
            "11" | "12" => &BEFORE_SHIPPING,
            "15" => &AFTER_DELIVERY,
            _ => continue,
        };
        let (Some(line), Some((kind, state, reason))) =
            (order.lines.first(), kinds.get(number / 6 % kinds.len()))
        else {
            continue;
        };
        let asked = *ordered_at + TimeDelta::hours(if *status == "15" { 50 } else { 2 });
        let done = asked + TimeDelta::hours(5);
        if !number.is_multiple_of(6) || done >= morning {
            continue;
        }
        let is_done = *state == "30" || *state == "90";
        rows.push(json!({
            "claimNo": format!("{}C{number:06}", asked.format("%Y%m%d")), "ordNo": order.ord_no,
            "claimBusinessType": kind, "claimStatCd": state, "claimRsnCd": reason, "reqDtm": asked.to_rfc3339(),
            "cmplDtm": is_done.then(|| done.to_rfc3339()), "goodsList": [{"ordSeq": line.seq, "claimQty": line.quantity}],
        }));
    }
    rows
}
