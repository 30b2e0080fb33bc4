//! 상품

pub mod find;
pub mod take_in;
