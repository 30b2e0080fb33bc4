#![doc = include_str!("../README.md")]
#![expect(
    clippy::indexing_slicing,
    reason = "JSON of stories is written here, and a wrong name fails the story"
)]

mod orders;
mod stack;
mod storefront;

pub use orders::{contract_order, guest_order, order, order_of};
pub use stack::{Options, Stack};
pub use storefront::Storefront;
pub use test_kit::service::TestAnswer;
