//! 옵션변경: another item of the same goods instead of the ordered one, for the whole line.

#[cfg(test)]
mod tests;

use commerce::claimable::NotChangeable;
use commerce::{ClaimNo, GoodsNo, ItemNo, SagaStep, Won};

use crate::domain::catalogue::today::CatalogueGoods;
use crate::domain::history::ClaimHistory;
use crate::domain::money::Overflow;
use crate::domain::money::ledger::{Account, Journal, Posting, Unit};
use crate::domain::order::OrderLine;

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
    match line.facts(history).change_option() {
        Err(NotChangeable::LineStatus) => Err(OptionRefusal::LineStatus),
        Err(NotChangeable::PartlyClaimed) => Err(OptionRefusal::PartlyClaimed),
        // Said last, when the catalogue has been asked too.
        Err(NotChangeable::Reserved) | Ok(()) => Ok(()),
    }
}

/// An item that left the catalogue has no price today; then what the customer paid for it counts.
fn price_today(line: &OrderLine, goods: &CatalogueGoods) -> Won {
    goods.held.as_ref().map_or(line.unit_price, |held| held.price)
}

/// 옵션변경 분개: one item comes back, the other goes.
pub fn postings(claim_no: &ClaimNo, moved: &StockMove) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Stock);
    let piece = |item_no: &ItemNo| Unit::Piece(moved.goods_no.clone(), item_no.clone());
    let (given_back, taken) = (piece(&moved.given_back), piece(&moved.taken));
    journal.transfer(Account::StockSold, Account::StockOnHand, &given_back, moved.quantity)?;
    journal.transfer(Account::StockOnHand, Account::StockSold, &taken, moved.quantity)?;
    Ok(journal.into_postings())
}
