//! 주문상품: a line of an order as an inquiry about it needs to know it.

use chrono::{DateTime, Utc};
use commerce::{GoodsNo, ItemNo, LineStatus, OrderNo, Won};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedLine {
    pub order_no: OrderNo,
    pub ordered_at: DateTime<Utc>,
    pub seq: i32,
    pub goods_no: GoodsNo,
    pub goods_name: String,
    /// The item the line holds now.
    pub item_no: ItemNo,
    pub item_name: String,
    pub goods_image: Option<String>,
    pub quantity: i64,
    pub unit_price: Won,
    pub status: LineStatus,
}
