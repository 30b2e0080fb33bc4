//! The orders that are always there, so that documents and first calls can name them.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use commerce::calendar;
use serde_json::{Value, json};

use super::KNOWN_DELIVERED_ORDER;
use super::progress::StatusMove;

/// A member's order with a goods coupon, a cart coupon, a gift, and mileage among its payments.
pub(super) fn member_order() -> Value {
    read(include_str!("known/member_order.json"))
}

/// A guest's order; the README prints its number and password.
pub(super) fn guest_order() -> Value {
    read(include_str!("known/guest_order.json"))
}

/// Another order of that member, to be sent back or exchanged: one parcel that was free for its amount, one that was paid for,
/// and a gift. It has arrived shortly before `today`, whenever that is.
pub(super) fn delivered_order(today: NaiveDate) -> Value {
    let mut order = read(include_str!("known/delivered_order.json"));
    if let Some(fields) = order.as_object_mut() {
        fields.insert("ordDtm".to_owned(), json!(ten_o_clock(today, 5).to_rfc3339()));
    }
    order
}

/// The way of [`delivered_order`] to its member.
pub(super) fn delivery(today: NaiveDate) -> impl Iterator<Item = StatusMove> {
    [("13", 3), ("15", 2)].into_iter().map(move |(status, days_ago)| StatusMove {
        ord_no: KNOWN_DELIVERED_ORDER.to_owned(),
        status,
        dtm: ten_o_clock(today, days_ago).to_rfc3339(),
        ord_seqs: vec![1, 2],
    })
}

fn ten_o_clock(today: NaiveDate, days_ago: i64) -> DateTime<FixedOffset> {
    let midnight = calendar::kst_day_start(today - TimeDelta::days(days_ago));
    (midnight + TimeDelta::hours(10)).with_timezone(&calendar::KST)
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("a test reads these files")
}
