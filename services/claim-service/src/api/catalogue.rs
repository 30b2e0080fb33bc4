//! 상품

mod goods;
mod internal_goods_search;
mod other_itms;

pub use goods::goods;
pub use internal_goods_search::internal_goods_search;
pub use other_itms::other_itms;
