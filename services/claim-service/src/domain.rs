//! The rules of claims: facts in, decisions out. No clock, no dice, no database, no wire.
//!
//! Amounts are whole won and quantities whole units; every sum and product is checked.

pub mod catalogue;
pub mod order;
pub mod pinned_order;

pub mod claim_history;

pub mod policy;

pub mod claim_reason;

pub mod cancel_request;

pub mod cost;

pub mod eligibility;

pub mod vendor_burden;

pub mod vendor_cancel;

pub mod option_change;

pub mod claim_status;

pub mod accepted_cancel;
pub mod order_effect;
pub mod refund_account;

pub mod cancel_saga;

pub mod claim_audit;

pub mod ledger;

#[cfg(test)]
mod testing;
