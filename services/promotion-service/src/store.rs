//! SQL; rows stay in here.

pub mod account;
pub mod coupon;
pub mod ledger;
pub mod lot;
pub mod order_book;
pub mod policy;

mod columns;
mod schema;
