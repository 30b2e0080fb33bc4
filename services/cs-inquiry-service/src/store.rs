//! The tables. Rows stay in here; what goes out are the domain's types.

pub mod access_record;
pub mod attachment;
mod by_day;
pub mod counsel_type;
pub mod daily_count;
pub mod day_version;
pub mod history;
pub mod inquiry;
pub mod inquiry_list;
pub mod list_cursor;
pub mod member;
pub mod retention;
pub(crate) mod schema;
pub mod template;
pub mod title_tail;
