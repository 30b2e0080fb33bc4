//! 클레임: what is asked of claims of every kind.

pub mod count;
pub mod find_details;
pub mod goods_names;
pub mod list;
pub mod manage;
pub mod open_steps;
pub mod retry;
pub mod standing_counts;
pub mod tell;
