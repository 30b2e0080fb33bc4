//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.

#![expect(clippy::indexing_slicing, reason = "a test that meets another answer than it expects should stop")]

mod app;
mod claim_counts;
mod claim_import;
mod databases;
mod goods;
mod member;
mod order_copies;
mod quote;
mod quote_refusals;
mod rights;
mod target;
mod vendor_inquiry;
mod withdrawal;
