#![doc = include_str!("../README.md")]

#[cfg(feature = "openapi")]
#[expect(clippy::indexing_slicing, reason = "the document is JSON that this module has just made itself")]
pub mod openapi;
pub mod operations;
pub mod result_code;

pub use result_code::ResultCode;
