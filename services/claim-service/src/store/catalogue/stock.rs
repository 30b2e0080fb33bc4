//! 재고: the catalogue as a change of item finds it, locked until it is decided.

use commerce::{GoodsNo, ItemNo, SaleStatus, Won, Yn};
use db::{DbConnection, for_update};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::domain::catalogue::today::{CatalogueGoods, CatalogueItem};
use crate::store::schema::{goods, goods_itm};

/// Goods with the two items a change is about, and the wanted one's name.
pub struct LockedGoods {
    pub goods: CatalogueGoods,
    pub wanted_name: String,
}

/// Locks goods first and then items by number, like everyone who changes the catalogue.
pub fn lock(
    conn: &mut DbConnection,
    goods_no: &GoodsNo,
    held: &ItemNo,
    wanted: &ItemNo,
) -> QueryResult<Option<LockedGoods>> {
    let row: Option<(Won, SaleStatus, Yn)> = for_update!(
        conn,
        goods::table.filter(goods::goods_no.eq(goods_no.as_str())).select((
            goods::sale_prc,
            goods::sale_stat_cd,
            goods::rsv_goods_yn
        )),
        |query, inner| query.first(inner).optional()
    )?;
    let Some((price, status, reserved)) = row else { return Ok(None) };
    let items: Vec<(ItemNo, String, SaleStatus, Won, i64)> = for_update!(
        conn,
        goods_itm::table
            .filter(goods_itm::goods_no.eq(goods_no.as_str()))
            .filter(goods_itm::itm_no.eq_any([held.as_str(), wanted.as_str()]))
            .order(goods_itm::itm_no)
            .select((
                goods_itm::itm_no,
                goods_itm::itm_nm,
                goods_itm::itm_sale_stat_cd,
                goods_itm::add_prc,
                goods_itm::stk_qty,
            )),
        |query, inner| query.load(inner)
    )?;
    let mut locked = LockedGoods {
        goods: CatalogueGoods {
            goods_no: goods_no.clone(),
            status,
            is_reserved: reserved.is_yes(),
            held: None,
            wanted: None,
        },
        wanted_name: String::new(),
    };
    for (item_no, name, status, addition, stock) in items {
        let price = price.checked_add(addition).ok_or_else(|| {
            QueryError::DeserializationError("the price of an item can't be written".into())
        })?;
        let item = CatalogueItem { item_no, status, price, stock };
        if item.item_no == *wanted {
            locked.wanted_name = name;
            locked.goods.wanted = Some(item);
        } else {
            locked.goods.held = Some(item);
        }
    }
    Ok(Some(locked))
}

/// Takes units of an item, if as many are there: of two who want the last one, one gets it.
pub fn take(
    conn: &mut DbConnection,
    goods_no: &GoodsNo,
    item_no: &ItemNo,
    quantity: i64,
) -> QueryResult<bool> {
    let taken = diesel::update(goods_itm::table.find((goods_no.as_str(), item_no.as_str())))
        .filter(goods_itm::stk_qty.ge(quantity))
        .set(goods_itm::stk_qty.eq(goods_itm::stk_qty - quantity))
        .execute(conn)?;
    Ok(taken == 1)
}
