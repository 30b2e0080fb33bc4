pub(crate) mod schema;
pub mod withdrawn_member;
