//! The tables. Rows stay in here.

pub mod archive;
pub mod cancel_claim;
pub mod claim;
pub mod claim_line;
pub mod claim_number;
pub mod claim_task;
pub mod goods;
pub mod imported_claim;
pub mod ledger;
pub mod option_change;
pub mod option_stock;
pub mod order_claims;
pub mod order_copy;
pub mod policy;
pub mod refund_account;
pub mod refund_book;
pub(crate) mod schema;
pub mod vendor_cancel;
pub mod vendor_key;
pub mod withdrawn_member;

use diesel::QueryResult;
use diesel::result::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Rows of one batch: databases take only so many values in one statement.
const ROWS_PER_STATEMENT: usize = 1_000;

/// A document for a column.
fn to_text<T: Serialize>(value: &T) -> QueryResult<String> {
    serde_json::to_string(value).map_err(|error| Error::SerializationError(error.into()))
}

/// A document from a column.
fn from_text<T: DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text).map_err(|error| Error::DeserializationError(error.into()))
}
