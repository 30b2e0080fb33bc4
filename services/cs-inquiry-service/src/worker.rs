//! The back door: what runs without a request.

pub mod keepers;
pub mod messages;
