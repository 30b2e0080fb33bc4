//! The rules: facts in, decision out. No clock, no random number, no database, no wire.

pub mod accrual;
pub mod accrual_policy;
pub mod booking_rules;
pub mod burden;
pub mod coupon_hold;
pub mod coupon_state;
pub mod mileage_ledger;
pub mod order_effects;
