//! 교환단품 심사: whether an item may go out in exchange for another one.

use commerce::{ItemNo, Won};

use crate::domain::catalogue::today::{CatalogueGoods, CatalogueItem};
use crate::domain::order::OrderLine;

/// Why an item does not go out in exchange; each is a result code of its own, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ItemRefusal {
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
    #[error("reserved goods are not exchanged")]
    ReservedGoods,
}

/// 교환단품: of the same goods, at the same price today, on sale and there. What replaces a defect by the same item need not be on
/// sale any more; `needed` are the units of all rows that want it.
pub fn judge_item(
    line: Option<&OrderLine>,
    held: &ItemNo,
    wanted: &ItemNo,
    catalogue: Option<&CatalogueGoods>,
    needed: i64,
) -> Result<(), ItemRefusal> {
    let is_reserved = line.is_some_and(|line| line.is_reserved);
    if held == wanted {
        let item = catalogue.and_then(|goods| goods.wanted.as_ref());
        return judge_stock(item, needed, is_reserved || catalogue.is_some_and(|goods| goods.is_reserved));
    }
    let held_today = catalogue.and_then(|goods| goods.held.as_ref());
    let price = held_today.map(|held| held.price).or(line.map(|line| line.unit_price));
    judge_offered(price, catalogue, needed, is_reserved)
}

/// Whether an item could go out for one of this price, whoever holds it; `needed` as above.
pub fn judge_offer(
    price: Option<Won>,
    catalogue: Option<&CatalogueGoods>,
    needed: i64,
) -> Result<(), ItemRefusal> {
    judge_offered(price, catalogue, needed, false)
}

fn judge_offered(
    price: Option<Won>,
    catalogue: Option<&CatalogueGoods>,
    needed: i64,
    is_reserved: bool,
) -> Result<(), ItemRefusal> {
    let offered = catalogue.and_then(|goods| Some((goods, goods.wanted.as_ref()?)));
    let Some((goods, item)) = offered else { return Err(ItemRefusal::NotOnSale) };
    refuse(price.is_some_and(|price| price != item.price), ItemRefusal::PriceDiffers)?;
    refuse(!goods.status.is_on_sale() || !item.status.is_on_sale(), ItemRefusal::NotOnSale)?;
    judge_stock(Some(item), needed, is_reserved || goods.is_reserved)
}

fn judge_stock(item: Option<&CatalogueItem>, needed: i64, is_reserved: bool) -> Result<(), ItemRefusal> {
    refuse(item.is_none_or(|item| item.stock < needed), ItemRefusal::StockShort)?;
    refuse(is_reserved, ItemRefusal::ReservedGoods)
}

fn refuse(is_refused: bool, refusal: ItemRefusal) -> Result<(), ItemRefusal> {
    if is_refused { Err(refusal) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use commerce::SaleStatus;

    use super::*;
    use crate::domain::testing::{line, parsed};

    const ON_SALE: SaleStatus = SaleStatus::OnSale;

    fn item(no: &str, price: i64, status: SaleStatus, stock: i64) -> CatalogueItem {
        CatalogueItem { item_no: parsed(no), status, price: Won::new(price), stock }
    }

    fn goods(held: Option<CatalogueItem>, wanted: Option<CatalogueItem>) -> CatalogueGoods {
        let goods_no = parsed("10002551");
        CatalogueGoods { goods_no, status: ON_SALE, is_reserved: false, held, wanted }
    }

    /// Two pieces of the ordered line, sold for 20,000.
    #[track_caller]
    fn check(wanted: &str, catalogue: Option<CatalogueGoods>, expected: Result<(), ItemRefusal>) {
        let (line, held) = (line(1, 1, 3, 20_000), parsed("001"));
        assert_eq!(judge_item(Some(&line), &held, &parsed(wanted), catalogue.as_ref(), 2), expected);
    }

    #[test]
    fn another_item_is_of_the_same_price_on_sale_and_there() {
        let held = || Some(item("001", 21_000, ON_SALE, 0));
        let with = |price, status, stock| Some(goods(held(), Some(item("002", price, status, stock))));
        check("002", with(21_000, ON_SALE, 2), Ok(()));
        check("002", with(20_000, SaleStatus::SoldOut, 0), Err(ItemRefusal::PriceDiffers));
        check("002", with(21_000, SaleStatus::SoldOut, 0), Err(ItemRefusal::NotOnSale));
        check("002", with(21_000, ON_SALE, 1), Err(ItemRefusal::StockShort));
        let reserved = with(21_000, ON_SALE, 2).map(|goods| CatalogueGoods { is_reserved: true, ..goods });
        check("002", reserved, Err(ItemRefusal::ReservedGoods));
        check("002", Some(goods(held(), None)), Err(ItemRefusal::NotOnSale));
        check("002", None, Err(ItemRefusal::NotOnSale));
        // The item held has left the catalogue: what it was sold for counts.
        check("002", Some(goods(None, Some(item("002", 20_000, ON_SALE, 2)))), Ok(()));
        check(
            "002",
            Some(goods(None, Some(item("002", 21_000, ON_SALE, 2)))),
            Err(ItemRefusal::PriceDiffers),
        );
    }

    #[test]
    fn what_is_replaced_by_the_same_need_only_be_there() {
        let with = |price, status, stock| Some(goods(None, Some(item("001", price, status, stock))));
        check("001", with(25_000, SaleStatus::Suspended, 2), Ok(()));
        check("001", with(20_000, ON_SALE, 1), Err(ItemRefusal::StockShort));
        check("001", None, Err(ItemRefusal::StockShort));
    }

    #[test]
    fn an_offer_is_judged_by_the_price_that_is_said() {
        let offered = goods(None, Some(item("002", 20_000, ON_SALE, 2)));
        let judge = |price: Option<i64>, needed| judge_offer(price.map(Won::new), Some(&offered), needed);
        assert_eq!(judge(None, 2), Ok(()));
        assert_eq!(judge(Some(20_000), 2), Ok(()));
        assert_eq!(judge(Some(19_000), 3), Err(ItemRefusal::PriceDiffers));
        assert_eq!(judge(None, 3), Err(ItemRefusal::StockShort));
        assert_eq!(judge_offer(None, None, 1), Err(ItemRefusal::NotOnSale));
    }
}
