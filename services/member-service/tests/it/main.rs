//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod app;
mod guest_login;
mod guest_order;
mod guest_password;
mod log;
mod notifications;
