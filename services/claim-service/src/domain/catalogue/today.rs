//! 오늘의 상품: what the catalogue says of goods and two of their items at this moment.

use commerce::{GoodsNo, ItemNo, SaleStatus, Won};

/// 오늘의 단품: how an item stands in the catalogue now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueItem {
    pub item_no: ItemNo,
    pub status: SaleStatus,
    /// What the goods cost with this item today.
    pub price: Won,
    pub stock: i64,
}

/// 오늘의 상품: the goods of the line, with the two items a change is about where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueGoods {
    pub goods_no: GoodsNo,
    pub status: SaleStatus,
    pub is_reserved: bool,
    /// The item the line holds.
    pub held: Option<CatalogueItem>,
    /// The item asked for; where it is the one the line holds, it stands here alone.
    pub wanted: Option<CatalogueItem>,
}
