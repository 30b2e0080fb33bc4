//! 상품명: what the goods of a claim are called.

use std::collections::HashMap;

use commerce::{GoodsNo, ItemNo, OrderNo};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::money::ClaimedGoods;
use crate::store;
use crate::store::order::terms::read_names;

/// 상품명, 단품명
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoodsNames {
    pub goods: Option<String>,
    pub item: Option<String>,
}

/// By line and item.
pub type NamesByItem = HashMap<(i32, ItemNo), GoodsNames>;

/// As the order had them; an item the line was not ordered with as the catalogue has it, if it does.
pub(super) fn find_names<'a>(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    goods: impl Iterator<Item = &'a ClaimedGoods>,
) -> Result<NamesByItem, Error> {
    let goods: Vec<&ClaimedGoods> = goods.collect();
    if goods.is_empty() {
        return Ok(NamesByItem::new());
    }
    let Some(copy) = store::order::copy::find(conn, order_no)? else { return Ok(NamesByItem::new()) };
    let lines = read_names(&copy)?;
    let mut names = NamesByItem::new();
    let mut unnamed: Vec<(i32, GoodsNo, ItemNo)> = Vec::new();
    for one in goods {
        let line = lines.get(&one.line_seq);
        let item = line.filter(|line| line.itm_no == one.item_no).map(|line| line.itm_nm.clone());
        if item.is_none() {
            unnamed.push((one.line_seq, one.goods_no.clone(), one.item_no.clone()));
        }
        let goods = line.map(|line| line.goods_nm.clone());
        names.insert((one.line_seq, one.item_no.clone()), GoodsNames { goods, item });
    }
    if unnamed.is_empty() {
        return Ok(names);
    }
    let numbers: Vec<GoodsNo> = unnamed.iter().map(|(_, goods_no, _)| goods_no.clone()).collect();
    let catalogue = store::catalogue::goods::find(conn, &numbers)?;
    for (line_seq, goods_no, item_no) in unnamed {
        let items = catalogue.get(&goods_no).map(|goods| goods.items.as_slice()).unwrap_or_default();
        let item = items.iter().find(|item| item.no == item_no).map(|item| item.name.clone());
        if let Some(name) = names.get_mut(&(line_seq, item_no)) {
            name.item = item;
        }
    }
    Ok(names)
}
