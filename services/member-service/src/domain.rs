//! The rules: facts in, decision out. No clock, no random number, no database, no wire.

pub mod claim_standing;
pub mod counted_claim;
pub mod delivery_place;
pub mod guest_access;
pub mod item_change;
pub mod line_status;
pub mod notification;
pub mod order_claim;
pub mod order_decision;
pub mod order_intake;
pub mod order_search;
pub mod order_windows;
pub mod ordered_line;
pub mod payment_key;
pub mod personal;
pub mod purchase_period;
pub mod purchase_total;
pub mod shown_order;
pub mod standing_order;
pub mod temporary_password;
