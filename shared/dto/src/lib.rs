#![doc = include_str!("../README.md")]

#[macro_use]
mod personal;

pub mod claim;
pub mod date_time;
pub mod envelope;
pub mod goods;
pub mod inquiry;
pub mod internal;
pub mod member;
pub mod notification;
#[cfg(feature = "openapi")]
#[expect(clippy::indexing_slicing, reason = "the document is JSON that this module has just made itself")]
pub mod openapi;
pub mod operations;
pub mod order;
pub mod paging;
pub mod promotion;
pub mod result_code;
pub mod vendor_inquiry;

mod nullable;
#[cfg(test)]
mod schema_check;

pub use date_time::{KstDate, KstDateTime, parse_date, parse_date_time};
pub use envelope::{BUSINESS_ERROR_STATUS, Envelope, FieldError};
pub use paging::{PageQuery, Paging};
pub use result_code::ResultCode;
