//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.

#![expect(clippy::indexing_slicing, reason = "a test that meets another answer than it expects should stop")]

mod app;
mod cancel;
mod cancel_faults;
mod cancel_races;
mod cancel_refusals;
mod cancel_restarts;
mod claim_counts;
mod claim_import;
mod crash_points;
mod customs_code;
mod databases;
mod goods;
mod key_change;
mod member;
mod metrics_page;
mod operators;
mod option_change;
mod order_copies;
mod policies;
mod promotion;
mod quote;
mod quote_refusals;
mod refunds;
mod rights;
mod stand_in;
mod target;
mod till;
mod vendor_inquiry;
mod withdrawal;
