//! Stories told through HTTP to the real service, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL.

// A row of what comes back, written out, is a long `json!`.
#![recursion_limit = "256"]
#![expect(clippy::indexing_slicing, reason = "a test that meets another answer than it expects should stop")]

mod access_records;
mod additional_payments;
mod app;
mod books_of_returns;
mod cancel;
mod cancel_faults;
mod cancel_races;
mod cancel_refusals;
mod cancel_restarts;
mod claim_counts;
mod claim_desk;
mod claim_import;
mod claim_list;
mod claim_numbers;
mod collection_details;
mod collection_target;
mod conversion;
mod crash_points;
mod customs_code;
mod databases;
mod exchange;
mod exchange_items;
mod exchange_races;
mod goods;
mod goods_back;
mod inspection;
mod key_change;
mod lost_keys;
mod member;
mod metrics_page;
mod open_cost;
mod operators;
mod option_change;
mod order_copies;
mod policies;
mod promotion;
mod quote;
mod quote_refusals;
mod refunds;
mod returns;
mod returns_due;
mod returns_of_members_who_left;
mod rights;
mod rooms;
mod stand_in;
mod target;
mod till;
mod told_claims;
mod told_standings;
mod transfers;
mod vendor_inquiry;
mod withdrawal;
mod withdrawal_races;
mod withdrawn_reasons;
