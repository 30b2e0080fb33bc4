//! 클레임: what is asked of claims of every kind.

pub mod count;
pub mod find_details;
pub mod list;
pub mod tell;
