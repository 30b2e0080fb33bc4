//! The tables. Rows stay in here.

pub mod account;
pub mod coupon;
pub mod coupon_hold;
pub mod ledger;
pub mod lot;
pub mod order_book;
pub mod policy;

mod columns;
mod schema;

use db::Migrations;
use diesel_migrations::embed_migrations;

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};
