//! 회수상품

use commerce::{ClaimNo, GoodsNo, ItemNo, RejectReason};
use db::{DbConnection, each_backend};
use diesel::prelude::*;

use crate::domain::collection::{CollectedGoods, Inspected, Rejection};
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::claim_rtn_goods;

#[derive(Insertable)]
#[diesel(table_name = claim_rtn_goods, treat_none_as_default_value = false)]
struct NewRow<'a> {
    claim_no: &'a str,
    ord_seq: i32,
    itm_no: &'a str,
    goods_no: &'a str,
    entr_no: &'a str,
    exch_itm_no: Option<&'a str>,
    exch_itm_nm: Option<&'a str>,
    claim_qty: i64,
    acpt_qty: Option<i64>,
    rjt_qty: Option<i64>,
    resell_qty: Option<i64>,
    rjt_rsn_cd: Option<RejectReason>,
    rjt_rsn_cntt: Option<&'a str>,
}

pub(super) fn insert(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    goods: &[CollectedGoods],
) -> QueryResult<()> {
    let rows: Vec<NewRow<'_>> = goods
        .iter()
        .map(|one| {
            let (inspected, exchanged) = (one.inspected.as_ref(), one.exchanged_for.as_ref());
            let refusal = inspected.and_then(|inspected| inspected.refusal.as_ref());
            NewRow {
                claim_no: claim_no.as_str(),
                ord_seq: one.line_seq,
                itm_no: one.item_no.as_str(),
                goods_no: one.goods_no.as_str(),
                entr_no: &one.vendor_no,
                exch_itm_no: exchanged.map(|(item_no, _)| item_no.as_str()),
                exch_itm_nm: exchanged.map(|(_, name)| name.as_str()),
                claim_qty: one.quantity,
                acpt_qty: inspected.map(|inspected| inspected.accepted),
                rjt_qty: inspected.map(|inspected| inspected.refused),
                resell_qty: inspected.map(|inspected| inspected.resellable),
                rjt_rsn_cd: refusal.map(|refusal| refusal.reason),
                rjt_rsn_cntt: refusal.and_then(|refusal| refusal.text.as_deref()),
            }
        })
        .collect();
    for batch in rows.chunks(ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(claim_rtn_goods::table)
            .values(batch)
            .execute(inner))?;
    }
    Ok(())
}

/// Writes what came of their inspection.
pub(super) fn update(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    goods: &[CollectedGoods],
) -> QueryResult<()> {
    for one in goods {
        let inspected = one.inspected.as_ref();
        let refusal = inspected.and_then(|inspected| inspected.refusal.as_ref());
        let row = (claim_no.as_str(), one.line_seq, one.item_no.as_str());
        diesel::update(claim_rtn_goods::table.find(row))
            .set((
                claim_rtn_goods::acpt_qty.eq(inspected.map(|inspected| inspected.accepted)),
                claim_rtn_goods::rjt_qty.eq(inspected.map(|inspected| inspected.refused)),
                claim_rtn_goods::resell_qty.eq(inspected.map(|inspected| inspected.resellable)),
                claim_rtn_goods::rjt_rsn_cd.eq(refusal.map(|refusal| refusal.reason)),
                claim_rtn_goods::rjt_rsn_cntt.eq(refusal.and_then(|refusal| refusal.text.as_deref())),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// 잔여수량 of their lines before these units, which a settlement fixes.
pub fn put_left(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    left: &[(i32, &ItemNo, i64)],
) -> QueryResult<()> {
    for (line_seq, item_no, left) in left {
        diesel::update(claim_rtn_goods::table.find((claim_no.as_str(), line_seq, item_no.as_str())))
            .set(claim_rtn_goods::rmn_qty.eq(left))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim_rtn_goods)]
pub(in crate::store) struct Row {
    ord_seq: i32,
    itm_no: ItemNo,
    goods_no: GoodsNo,
    entr_no: String,
    exch_itm_no: Option<ItemNo>,
    exch_itm_nm: Option<String>,
    claim_qty: i64,
    acpt_qty: Option<i64>,
    rjt_qty: Option<i64>,
    resell_qty: Option<i64>,
    rjt_rsn_cd: Option<RejectReason>,
    rjt_rsn_cntt: Option<String>,
}

impl From<Row> for CollectedGoods {
    fn from(row: Row) -> Self {
        let counts = row.acpt_qty.zip(row.rjt_qty).zip(row.resell_qty);
        let refusal = row.rjt_rsn_cd.map(|reason| Rejection { reason, text: row.rjt_rsn_cntt });
        Self {
            line_seq: row.ord_seq,
            item_no: row.itm_no,
            goods_no: row.goods_no,
            vendor_no: row.entr_no,
            exchanged_for: row.exch_itm_no.map(|item_no| (item_no, row.exch_itm_nm.unwrap_or_default())),
            quantity: row.claim_qty,
            inspected: counts.map(|((accepted, refused), resellable)| Inspected {
                accepted,
                refused,
                resellable,
                refusal,
            }),
        }
    }
}

/// By line and item.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<CollectedGoods>> {
    let rows: Vec<Row> = claim_rtn_goods::table
        .filter(claim_rtn_goods::claim_no.eq(claim_no.as_str()))
        .order((claim_rtn_goods::ord_seq, claim_rtn_goods::itm_no))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(CollectedGoods::from).collect())
}
