//! The rules: facts in, decision out. No clock, no dice, no database, no wire.

pub mod line_status;
pub mod masking;
pub mod order_intake;
pub mod order_windows;
pub mod personal;
pub mod purchase_total;
