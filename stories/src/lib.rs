#![doc = include_str!("../README.md")]

mod orders;
mod stack;
mod storefront;

pub use orders::{contract_order, guest_order, order, order_of};
pub use stack::{Options, Stack};
pub use storefront::Storefront;
pub use test_kit::service::TestAnswer;
