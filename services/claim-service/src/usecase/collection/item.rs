//! 교환단품: the item that is to go out, as the catalogue has it now.

use std::collections::BTreeMap;

use commerce::{GoodsNo, ItemNo};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::request::JudgedGoods;
use crate::domain::exchange::item::{ItemRefusal, judge_item};
use crate::domain::order::PaidOrder;
use crate::refusals;
use crate::store;

/// Units by what they are of, in the order everyone takes the catalogue in.
type Pieces = BTreeMap<(GoodsNo, ItemNo), i64>;

/// Judges all of them, locked, and says their names, row by row.
pub(crate) fn judge_items(
    conn: &mut DbConnection,
    order: &PaidOrder,
    goods: &[JudgedGoods],
) -> Result<Vec<String>, Error> {
    let wanted = sum(goods.iter().map(|one| (&one.goods_no, one.exchanged_for.as_ref(), one.quantity)));
    let mut rows: Vec<(usize, &JudgedGoods)> = goods.iter().enumerate().collect();
    rows.sort_by(|(_, one), (_, other)| one.goods_no.cmp(&other.goods_no));
    let mut names = vec![String::new(); goods.len()];
    for (index, one) in rows {
        let Some(item_no) = &one.exchanged_for else { continue };
        let locked = store::catalogue::stock::lock(conn, &one.goods_no, &one.item_no, item_no)?;
        let catalogue = locked.as_ref().map(|locked| &locked.goods);
        let needed = wanted.get(&(one.goods_no.clone(), item_no.clone())).copied().unwrap_or(one.quantity);
        judge_item(order.line(one.line_seq), &one.item_no, item_no, catalogue, needed)
            .map_err(|refusal| refusals::not_exchanged(index, refusal))?;
        if let (Some(name), Some(locked)) = (names.get_mut(index), locked) {
            *name = locked.wanted_name;
        }
    }
    Ok(names)
}

/// Takes what an exchange will send off the stock; it was judged under the same lock.
pub(crate) fn take_items(conn: &mut DbConnection, claim: &CollectionClaim) -> Result<Pieces, Error> {
    let wanted = sum(claim
        .goods
        .iter()
        .map(|one| (&one.goods_no, one.exchanged_for.as_ref().map(|(item_no, _)| item_no), one.quantity)));
    for ((goods_no, item_no), quantity) in &wanted {
        if !store::catalogue::stock::take(conn, goods_no, item_no, *quantity)? {
            return Err(refusals::not_exchanged(0, ItemRefusal::StockShort));
        }
    }
    Ok(wanted)
}

fn sum<'a>(rows: impl Iterator<Item = (&'a GoodsNo, Option<&'a ItemNo>, i64)>) -> Pieces {
    let mut pieces = Pieces::new();
    for (goods_no, item_no, quantity) in rows {
        let Some(item_no) = item_no else { continue };
        let of_item = pieces.entry((goods_no.clone(), item_no.clone())).or_default();
        *of_item = of_item.saturating_add(quantity);
    }
    pieces
}
