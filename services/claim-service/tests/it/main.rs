//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.

mod app;
mod claim_counts;
mod goods;
mod withdrawal;
