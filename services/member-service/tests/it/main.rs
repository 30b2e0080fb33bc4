//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod app;
mod claims;
mod databases;
mod guest_login;
mod guest_order;
mod guest_password;
mod key_change;
mod log;
mod notifications;
mod order_changes;
mod order_counts;
mod order_intake;
mod order_lines;
mod order_status;
mod orders;
mod plans;
mod purchase_totals;
mod withdrawal;
