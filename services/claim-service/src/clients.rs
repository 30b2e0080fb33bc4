//! Those this service calls.

pub mod member;
pub mod promotion;
pub mod refund_provider;
