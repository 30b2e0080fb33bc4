//! 교환: another item of the same goods for one that was delivered.

pub mod books;
pub mod conversion;
pub mod item;
pub mod stock;
