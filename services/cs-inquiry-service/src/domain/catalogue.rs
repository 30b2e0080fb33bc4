//! What a member may choose from while writing: its ordered lines, and the goods of the shop.

use chrono::{DateTime, Utc};
use commerce::{GoodsNo, ItemNo, LineStatus, OrderNo, Won};

use super::inquiry_rules::OrderLine;

/// 주문상품 of a member, as it may choose from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedLine {
    pub order_no: OrderNo,
    pub ordered_at: DateTime<Utc>,
    pub line: OrderLine,
    pub item_name: String,
    pub image: Option<String>,
    pub quantity: i64,
    pub price: Won,
    pub status: LineStatus,
}

/// An order that is the member's own.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnOrder {
    /// 주문자명
    pub orderer: Option<String>,
    pub lines: Vec<OrderLine>,
}

/// One item of one goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueItem {
    pub goods_no: GoodsNo,
    pub goods_name: String,
    pub item_no: ItemNo,
    pub item_name: String,
    pub price: Won,
    pub image: Option<String>,
}
