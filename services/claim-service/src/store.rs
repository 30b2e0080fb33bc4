//! The tables. Rows stay in here.

pub mod claim;
pub mod claim_line;
pub mod goods;
pub mod imported_claim;
pub mod order_copy;
pub(crate) mod schema;
pub mod vendor_cancel;
pub mod vendor_key;
pub mod withdrawn_member;

/// Rows of one batch: databases take only so many values in one statement.
const ROWS_PER_STATEMENT: usize = 1_000;
