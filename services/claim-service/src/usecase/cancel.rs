//! 취소

pub mod accept;
pub mod find_target;
pub mod quote;
