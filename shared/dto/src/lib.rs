#![doc = include_str!("../README.md")]

#[macro_use]
mod personal;

pub mod bounded;
pub mod claim;
pub mod date_time;
pub mod envelope;
pub mod goods;
pub mod inquiry;
pub mod internal;
pub mod login;
pub mod member;
pub mod notification;
pub mod order;
pub mod paging;
pub mod promotion;
pub mod vendor_inquiry;

mod nullable;
#[cfg(test)]
mod schema_check;

pub use date_time::{KstDate, KstDateTime, parse_date, parse_date_time};
pub use envelope::{BUSINESS_ERROR_STATUS, Envelope, FieldError};
pub use paging::{PageQuery, Paging};
