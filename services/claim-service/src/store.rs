//! The tables. Rows stay in here.

pub mod claim;
pub mod claim_line;
pub mod goods;
pub mod imported_claim;
pub mod order_copy;
pub mod policy;
pub mod refund_book;
pub(crate) mod schema;
pub mod withdrawn_member;

/// Rows of one batch: databases take only so many values in one statement.
const ROWS_PER_STATEMENT: usize = 1_000;
