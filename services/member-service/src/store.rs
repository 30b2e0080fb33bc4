//! The tables. Rows stay in here.

pub mod archive;
pub mod code_reference;
pub mod delivery_address;
pub mod guest_access;
pub mod member;
pub mod notification;
pub mod order;
pub mod order_decision;
pub mod order_line;
pub mod order_payment;
pub mod order_summary;
pub mod ordered_line;
pub mod personal;
mod schema;

/// Rows of one batch. Both databases take only so many values in one statement: SQLite 32,766, PostgreSQL 65,535.
const ROWS_PER_STATEMENT: usize = 1_000;
