//! The rules of claims: facts in, decisions out. No clock, no random number, no database, no wire.
//!
//! Amounts are whole won and quantities whole units; every sum and product is checked.

pub mod catalogue;
pub mod order;

pub mod history;

pub mod policy;

pub mod request;

pub mod money;

pub mod eligibility;

pub mod actor;
pub mod claim_list;
pub mod claim_standing;
pub mod counted_claim;
pub mod standing_count;

pub mod saga;

pub mod cancel;
pub mod collection;
pub mod exchange;
pub mod imported;
pub mod option;
pub mod returns;

pub mod vendors;

pub mod audit;

#[cfg(test)]
mod testing;
