//! The orders that are always there, so that documents and first calls can name them.

use serde_json::Value;

/// A member's order with a goods coupon, a cart coupon, a gift, and mileage among its payments.
pub(super) fn member_order() -> Value {
    read(include_str!("known/member_order.json"))
}

/// A guest's order; the README prints its number and password.
pub(super) fn guest_order() -> Value {
    read(include_str!("known/guest_order.json"))
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("a test reads these files")
}
