//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod access_records;
mod app;
mod batches;
mod calendar_ends;
mod claims;
mod counted_claims;
mod crowds;
mod databases;
mod guest_login;
mod guest_order;
mod guest_password;
mod key_change;
mod log;
mod memory;
mod notification_list;
mod notifications;
mod order_changes;
mod order_counts;
mod order_detail;
mod order_intake;
mod order_lines;
mod order_list;
mod order_search;
mod order_status;
mod orders;
mod payment_keys;
mod personal_values;
mod plans;
mod purchase_totals;
mod returns;
mod rooms;
mod withdrawal;
