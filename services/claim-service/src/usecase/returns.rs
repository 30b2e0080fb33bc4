//! 반품

pub mod settle;
