pub mod claim;
pub(crate) mod schema;
pub mod withdrawn_member;
