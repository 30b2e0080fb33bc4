//! 교환

pub mod check_items;
pub mod convert;
pub mod inspect;
pub mod ship;
