//! The tables. Rows stay in here.

pub mod access_record;
pub mod answer_draft;
pub mod attachment;
pub mod attachment_day;
mod by_day;
pub mod counsel_state;
pub mod counsel_type;
pub mod daily_count;
pub mod desk_agent;
pub mod desk_count;
mod explained;
pub mod free_text;
pub mod history;
pub mod inquiry;
pub mod inquiry_list;
pub mod list_cursor;
mod list_terms;
pub mod memo;
pub mod retention;
pub(crate) mod schema;
pub mod template;
pub mod title_search;

use db::Migrations;
use db::kept_apart::Members;
use diesel_migrations::embed_migrations;

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

/// 상담회원: the rows under whose lock anything personal of a member is written.
pub const MEMBERS: Members = Members::in_table("counsel_member");
