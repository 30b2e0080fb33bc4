//! Those this service calls.

pub mod claim;
pub mod inquiry;
pub mod messenger;
pub mod promotion;
