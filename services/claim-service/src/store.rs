//! The tables. Rows stay in here.

pub mod claim;
pub mod goods;
pub(crate) mod schema;
pub mod withdrawn_member;
