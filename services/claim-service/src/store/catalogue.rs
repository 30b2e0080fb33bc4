//! 상품

pub mod goods;
pub mod older_goods;
pub mod stock;
