//! 교환단품 확인: whether items could go out in exchange now. It changes nothing, and holds nothing.

use std::collections::HashMap;

use commerce::{GoodsNo, ItemNo, Won};
use db::Db;
use service_kit::error::Error;

use crate::domain::catalogue::Goods;
use crate::domain::catalogue::today::{CatalogueGoods, CatalogueItem};
use crate::domain::exchange::item::judge_offer;
use crate::refusals;
use crate::usecase::catalogue::find::find_goods;

/// 확인할 단품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedItem {
    pub goods_no: GoodsNo,
    pub item_no: ItemNo,
    pub quantity: i64,
    /// What it should cost.
    pub price: Option<Won>,
}

/// The first that could not is named.
pub async fn check_items(db: &Db, asked: &[AskedItem]) -> Result<(), Error> {
    let mut numbers: Vec<GoodsNo> = Vec::new();
    let mut needed: HashMap<(&GoodsNo, &ItemNo), i64> = HashMap::new();
    for one in asked {
        if !numbers.contains(&one.goods_no) {
            numbers.push(one.goods_no.clone());
        }
        let of_item = needed.entry((&one.goods_no, &one.item_no)).or_default();
        *of_item = of_item.saturating_add(one.quantity);
    }
    let found = find_goods(db, numbers).await?;
    for (row, one) in asked.iter().enumerate() {
        let goods = found.iter().find(|goods| goods.no == one.goods_no);
        let catalogue = goods.map(|goods| of_today(goods, &one.item_no));
        let needed = needed.get(&(&one.goods_no, &one.item_no)).copied().unwrap_or(one.quantity);
        judge_offer(one.price, catalogue.as_ref(), needed)
            .map_err(|refusal| refusals::not_offered(row, refusal))?;
    }
    Ok(())
}

fn of_today(goods: &Goods, item_no: &ItemNo) -> CatalogueGoods {
    let wanted = goods.items.iter().find(|item| item.no == *item_no);
    let wanted = wanted.and_then(|item| {
        let price = goods.price_of(item)?;
        Some(CatalogueItem { item_no: item.no.clone(), status: item.status, price, stock: item.stock })
    });
    CatalogueGoods {
        goods_no: goods.no.clone(),
        status: goods.status,
        is_reserved: goods.is_reserved,
        held: None,
        wanted,
    }
}
