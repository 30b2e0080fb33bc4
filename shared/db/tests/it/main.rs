//! Everything here runs on SQLite, and on PostgreSQL when TEST_DATABASE_URL names a server.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common_subset;
mod idempotency;
mod inbox;
mod kept_apart;
mod lost_races;
mod migrations;
mod named_lock;
mod opening;
mod outbox;
mod stock;
mod transactions;
mod waiting;
