//! Those this service calls.

pub mod member;
pub mod refund_provider;
