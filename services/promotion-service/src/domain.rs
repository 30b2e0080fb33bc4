//! The rules: no clock, no dice, no database, no wire.

pub mod accrual;
pub mod accrual_policy;
pub mod burden;
pub mod coupon_state;
pub mod mileage_ledger;
pub mod order_effects;
