//! promotion-service through its front door, on SQLite or, with `TEST_DATABASE_URL`, on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that looks at the wrong place should fail there"
)]

mod access_records;
mod accumulation;
mod app;
mod claim_steps;
mod coupon_holds;
mod coupons;
mod expiry;
mod laws;
mod mileage;
mod policies;
mod races;
mod rooms;
mod seed_schema;
