//! 주문: what is kept of orders.

pub mod claims;
pub mod copy;
pub mod terms;
