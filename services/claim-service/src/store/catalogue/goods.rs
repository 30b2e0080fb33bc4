//! 상품 and 단품

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::text::search_form;
use commerce::{GoodsNo, ItemNo, SaleStatus, Won, Yn};
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::upsert::excluded;

use crate::domain::catalogue::{Goods, Item};
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::{goods, goods_itm};

#[derive(Insertable)]
#[diesel(table_name = goods, treat_none_as_default_value = false)]
struct GoodsRow<'a> {
    goods_no: &'a str,
    goods_nm: &'a str,
    search_nm: String,
    sale_prc: Won,
    sale_stat_cd: SaleStatus,
    rsv_goods_yn: Yn,
    goods_img: Option<&'a str>,
    mod_dtm: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = goods_itm, treat_none_as_default_value = false)]
struct ItemRow<'a> {
    goods_no: &'a str,
    itm_no: &'a str,
    itm_nm: &'a str,
    itm_sale_stat_cd: SaleStatus,
    add_prc: Won,
    stk_qty: i64,
}

/// How many of these goods are here already.
pub fn count_known(conn: &mut DbConnection, numbers: &[&GoodsNo]) -> QueryResult<i64> {
    let numbers: Vec<&str> = numbers.iter().map(|no| no.as_str()).collect();
    goods::table.filter(goods::goods_no.eq_any(numbers)).count().get_result(conn)
}

/// Puts goods and items down, or over what was there; items that are not named stay as they are.
pub fn upsert(conn: &mut DbConnection, all: &[Goods], now: DateTime<Utc>) -> QueryResult<()> {
    let mut rows: Vec<GoodsRow<'_>> = all
        .iter()
        .map(|one| GoodsRow {
            goods_no: one.no.as_str(),
            goods_nm: &one.name,
            search_nm: search_form(&one.name),
            sale_prc: one.price,
            sale_stat_cd: one.status,
            rsv_goods_yn: one.is_reserved.into(),
            goods_img: one.image.as_deref(),
            mod_dtm: now.naive_utc(),
        })
        .collect();
    // Always in the same order, so that two catalogues at once never wait for each other in a circle.
    rows.sort_by_key(|row| row.goods_no);
    for batch in rows.chunks(ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| {
            diesel::insert_into(goods::table)
                .values(batch)
                .on_conflict(goods::goods_no)
                .do_update()
                .set((
                    goods::goods_nm.eq(excluded(goods::goods_nm)),
                    goods::search_nm.eq(excluded(goods::search_nm)),
                    goods::sale_prc.eq(excluded(goods::sale_prc)),
                    goods::sale_stat_cd.eq(excluded(goods::sale_stat_cd)),
                    goods::rsv_goods_yn.eq(excluded(goods::rsv_goods_yn)),
                    goods::goods_img.eq(excluded(goods::goods_img)),
                    goods::mod_dtm.eq(excluded(goods::mod_dtm)),
                ))
                .execute(inner)
        })?;
    }
    let mut items: Vec<ItemRow<'_>> = all
        .iter()
        .flat_map(|one| {
            one.items.iter().map(|item| ItemRow {
                goods_no: one.no.as_str(),
                itm_no: item.no.as_str(),
                itm_nm: &item.name,
                itm_sale_stat_cd: item.status,
                add_prc: item.price_addition,
                stk_qty: item.stock,
            })
        })
        .collect();
    items.sort_by_key(|row| (row.goods_no, row.itm_no));
    for batch in items.chunks(ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| {
            diesel::insert_into(goods_itm::table)
                .values(batch)
                .on_conflict((goods_itm::goods_no, goods_itm::itm_no))
                .do_update()
                .set((
                    goods_itm::itm_nm.eq(excluded(goods_itm::itm_nm)),
                    goods_itm::itm_sale_stat_cd.eq(excluded(goods_itm::itm_sale_stat_cd)),
                    goods_itm::add_prc.eq(excluded(goods_itm::add_prc)),
                    goods_itm::stk_qty.eq(excluded(goods_itm::stk_qty)),
                ))
                .execute(inner)
        })?;
    }
    Ok(())
}

/// Puts units of an item back; an item that is not in the catalogue has no stock to count.
pub fn add_stock(
    conn: &mut DbConnection,
    goods_no: &GoodsNo,
    item_no: &ItemNo,
    quantity: i64,
) -> QueryResult<usize> {
    AddStock { quantity, goods_no: goods_no.as_str(), item_no: item_no.as_str() }.execute(conn)
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct AddStock<'a> {
        quantity: i64 = BigInt,
        goods_no: &'a str = Text,
        item_no: &'a str = Text,
    }
    sql {
        "UPDATE goods_itm SET stk_qty = stk_qty + " {quantity} " WHERE goods_no = " {goods_no}
        " AND itm_no = " {item_no}
    }
}

type Found = (GoodsNo, String, Won, SaleStatus, Yn, Option<String>);

/// These goods with all their items, those that are unknown left out; items by number.
pub fn find(conn: &mut DbConnection, numbers: &[GoodsNo]) -> QueryResult<BTreeMap<GoodsNo, Goods>> {
    let numbers: Vec<&str> = numbers.iter().map(GoodsNo::as_str).collect();
    let rows: Vec<Found> = goods::table
        .filter(goods::goods_no.eq_any(numbers.clone()))
        .select((
            goods::goods_no,
            goods::goods_nm,
            goods::sale_prc,
            goods::sale_stat_cd,
            goods::rsv_goods_yn,
            goods::goods_img,
        ))
        .load(conn)?;
    let mut found: BTreeMap<GoodsNo, Goods> = rows
        .into_iter()
        .map(|(no, name, price, status, reserved, image)| {
            let goods = Goods {
                no: no.clone(),
                name,
                price,
                status,
                is_reserved: reserved.into(),
                image,
                items: Vec::new(),
            };
            (no, goods)
        })
        .collect();
    let items: Vec<(GoodsNo, ItemNo, String, SaleStatus, Won, i64)> = goods_itm::table
        .filter(goods_itm::goods_no.eq_any(numbers))
        .order((goods_itm::goods_no, goods_itm::itm_no))
        .select((
            goods_itm::goods_no,
            goods_itm::itm_no,
            goods_itm::itm_nm,
            goods_itm::itm_sale_stat_cd,
            goods_itm::add_prc,
            goods_itm::stk_qty,
        ))
        .load(conn)?;
    for (goods_no, no, name, status, price_addition, stock) in items {
        if let Some(goods) = found.get_mut(&goods_no) {
            goods.items.push(Item { no, name, status, price_addition, stock });
        }
    }
    Ok(found)
}

type SearchRow = (GoodsNo, String, ItemNo, String, Won, Won, Option<String>);

/// One row of a search.
pub struct FoundItem {
    pub goods_no: GoodsNo,
    pub goods_name: String,
    pub item_no: ItemNo,
    pub item_name: String,
    pub price: Won,
    pub image: Option<String>,
}

/// A page of items, by goods number and item number, and how many there are in all.
pub fn search(
    conn: &mut DbConnection,
    goods_no: Option<&GoodsNo>,
    name: &str,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<FoundItem>)> {
    let pattern = format!("%{}%", escaped(&search_form(name)));
    let wanted = || {
        let query = goods_itm::table.inner_join(goods::table).into_boxed();
        match goods_no {
            Some(goods_no) => query.filter(goods::goods_no.eq(goods_no.as_str().to_owned())),
            None => query.filter(goods::search_nm.like(pattern.clone()).escape('\\')),
        }
    };
    let total = wanted().count().get_result(conn)?;
    let rows: Vec<SearchRow> = wanted()
        .order((goods_itm::goods_no, goods_itm::itm_no))
        .limit(limit)
        .offset(offset)
        .select((
            goods::goods_no,
            goods::goods_nm,
            goods_itm::itm_no,
            goods_itm::itm_nm,
            goods::sale_prc,
            goods_itm::add_prc,
            goods::goods_img,
        ))
        .load(conn)?;
    let items = rows
        .into_iter()
        .map(|(goods_no, goods_name, item_no, item_name, price, addition, image)| FoundItem {
            goods_no,
            goods_name,
            item_no,
            item_name,
            // Intake has checked that the two add up.
            price: price.checked_add(addition).unwrap_or(price),
            image,
        })
        .collect();
    Ok((total, items))
}

/// The signs that mean something in a pattern, taken literally.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
