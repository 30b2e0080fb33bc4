//! 옵션변경: another item of the same goods instead of the ordered one, for the whole line.

#[cfg(test)]
mod tests;

use commerce::{GoodsNo, ItemNo, LineStatus, SaleStatus, Won};

use super::claim_history::ClaimHistory;
use super::cost::claimed_left;
use super::order::OrderLine;

/// 오늘의 단품: how an item stands in the catalogue now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueItem {
    pub item_no: ItemNo,
    pub status: SaleStatus,
    /// What the goods cost with this item today.
    pub price: Won,
    pub stock: i64,
}

/// 오늘의 상품: the goods of the line, with the items the change is about where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueGoods {
    pub goods_no: GoodsNo,
    pub status: SaleStatus,
    pub is_reserved: bool,
    /// The item the line holds.
    pub held: Option<CatalogueItem>,
    /// The item asked for.
    pub wanted: Option<CatalogueItem>,
}

/// 옵션변경 요청
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedOption {
    pub goods_no: GoodsNo,
    pub item_no: ItemNo,
}

/// Why an option can't be changed; each is a result code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OptionRefusal {
    /// `OPTION_LINE_STATUS`
    #[error("the line is not just ordered")]
    LineStatus,
    /// `OPTION_PARTLY_CLAIMED`
    #[error("a part of the line was claimed")]
    PartlyClaimed,
    /// `OPTION_OTHER_GOODS`
    #[error("the item belongs to other goods")]
    OtherGoods,
    /// `OPTION_SAME_ITEM`
    #[error("the line holds this item")]
    SameItem,
    /// `OPTION_PRICE_DIFFERS`
    #[error("the two items differ in price today")]
    PriceDiffers,
    /// `OPTION_NOT_ON_SALE`
    #[error("the item is not on sale")]
    NotOnSale,
    /// `OPTION_STOCK_SHORT`
    #[error("too few of the item are in stock")]
    StockShort,
    /// `OPTION_RESERVED_GOODS`
    #[error("reserved goods keep their option")]
    ReservedGoods,
}

/// 재고이동: both ways in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockMove {
    pub goods_no: GoodsNo,
    /// Its stock rises.
    pub given_back: ItemNo,
    /// Its stock falls.
    pub taken: ItemNo,
    pub quantity: i64,
}

/// Refusals come in the order of [`OptionRefusal`].
pub fn change(
    line: &OrderLine,
    history: &ClaimHistory,
    wanted: &WantedOption,
    catalogue: Option<&CatalogueGoods>,
) -> Result<StockMove, OptionRefusal> {
    check_line(line, history)?;
    let refuse = |is_refused: bool, refusal| if is_refused { Err(refusal) } else { Ok(()) };
    refuse(wanted.goods_no != line.goods_no, OptionRefusal::OtherGoods)?;
    refuse(wanted.item_no == line.item_no, OptionRefusal::SameItem)?;
    let goods = catalogue.filter(|goods| goods.goods_no == line.goods_no).ok_or(OptionRefusal::NotOnSale)?;
    let item = goods.wanted.as_ref().ok_or(OptionRefusal::NotOnSale)?;
    refuse(item.price != price_today(line, goods), OptionRefusal::PriceDiffers)?;
    refuse(!goods.status.is_on_sale() || !item.status.is_on_sale(), OptionRefusal::NotOnSale)?;
    refuse(item.stock < line.quantity, OptionRefusal::StockShort)?;
    refuse(line.is_reserved || goods.is_reserved, OptionRefusal::ReservedGoods)?;
    Ok(StockMove {
        goods_no: line.goods_no.clone(),
        given_back: line.item_no.clone(),
        taken: item.item_no.clone(),
        quantity: line.quantity,
    })
}

/// The part of the decision that needs no catalogue. Earlier option changes don't count as claims.
pub fn check_line(line: &OrderLine, history: &ClaimHistory) -> Result<(), OptionRefusal> {
    if line.status != LineStatus::OrderComplete {
        return Err(OptionRefusal::LineStatus);
    }
    if claimed_left(line, history) < line.quantity { Err(OptionRefusal::PartlyClaimed) } else { Ok(()) }
}

/// An item that left the catalogue has no price today; then what the customer paid for it counts.
fn price_today(line: &OrderLine, goods: &CatalogueGoods) -> Won {
    goods.held.as_ref().map_or(line.unit_price, |held| held.price)
}
