//! The tables. Rows stay in here.

pub mod claim_standing;
pub mod code_reference;
pub mod counted_claim;
pub mod delivery_address;
pub mod guest_access;
pub mod member;
pub mod notification;
pub mod notification_list;
pub mod order;
pub mod order_decision;
pub mod order_line;
pub mod order_payment;
pub mod order_summary;
pub mod ordered_line;
pub mod payment_key;
pub mod personal;
mod schema;
pub mod shown_order;

use db::Migrations;
use db::kept_apart::Archive;
use diesel_migrations::embed_migrations;

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

/// 개인정보 분리보관: sealed originals of masked orders, until their date.
pub const PERSONAL_ARCHIVE: Archive = Archive::in_table("personal_archive", "ord_no");

/// Rows of one batch. Both databases take only so many values in one statement: SQLite 32,766, PostgreSQL 65,535.
const ROWS_PER_STATEMENT: usize = 1_000;
