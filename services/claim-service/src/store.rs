//! The tables. Rows stay in here.

pub mod claim;
pub mod order;

pub mod collection;
pub mod imported;
pub mod option;

pub mod catalogue;
#[cfg(test)]
mod explained;
pub mod ledger;
pub mod personal;
pub mod policy;
pub mod refund;
pub(crate) mod schema;
pub mod vendors;

use db::Migrations;
use diesel::QueryResult;
use diesel::result::Error;
use diesel_migrations::embed_migrations;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

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
