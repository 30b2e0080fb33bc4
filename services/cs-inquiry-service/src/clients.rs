//! Those this service calls.

pub mod attachment_store;
pub mod claim;
pub mod member;
