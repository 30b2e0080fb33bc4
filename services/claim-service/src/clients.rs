//! Those this service calls.

pub mod member;
