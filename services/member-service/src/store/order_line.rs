//! Lines of orders: what has become of each.

use chrono::NaiveDateTime;
use commerce::{ItemNo, LineStatus, OrderNo, Won};
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::schema::ord_line;
use crate::domain::item_change::ItemChange;
use crate::domain::order_intake::OrderToTake;
use crate::domain::purchase_total::LineState;
use crate::domain::standing_order::StandingLine;

#[derive(Insertable)]
#[diesel(table_name = ord_line, treat_none_as_default_value = false)]
pub(super) struct NewRow<'a> {
    ord_no: &'a str,
    ord_seq: i32,
    goods_no: &'a str,
    goods_nm: &'a str,
    goods_img: Option<&'a str>,
    itm_no: &'a str,
    itm_nm: &'a str,
    entr_no: &'a str,
    deli_grp_no: i32,
    sale_prc: Won,
    ord_qty: i64,
    cncl_qty: i64,
    rtn_qty: i64,
    dc_amt: Won,
    ord_dtl_stat_cd: LineStatus,
    dlvd_dtm: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_line)]
struct Row {
    ord_seq: i32,
    itm_no: ItemNo,
    itm_nm: String,
    sale_prc: Won,
    ord_qty: i64,
    cncl_qty: i64,
    rtn_qty: i64,
    dc_amt: Won,
    ord_dtl_stat_cd: LineStatus,
    dlvd_dtm: Option<NaiveDateTime>,
}

impl From<Row> for StandingLine {
    fn from(row: Row) -> Self {
        Self {
            state: LineState {
                seq: row.ord_seq,
                status: row.ord_dtl_stat_cd,
                unit_price: row.sale_prc,
                quantity: row.ord_qty,
                // The table's own check keeps this from falling below 0.
                quantity_left: row.ord_qty.saturating_sub(row.cncl_qty).saturating_sub(row.rtn_qty),
                discount: row.dc_amt,
                delivered_at: row.dlvd_dtm.map(|at| at.and_utc()),
            },
            item_no: row.itm_no,
            item_name: row.itm_nm,
            quantity_cancelled: row.cncl_qty,
            quantity_returned: row.rtn_qty,
        }
    }
}

/// Puts down the lines of new orders, each with the state it starts in.
pub fn insert<'a>(
    conn: &mut DbConnection,
    orders: impl Iterator<Item = (&'a OrderToTake, &'a [LineState])>,
) -> QueryResult<()> {
    let rows: Vec<NewRow<'a>> = orders
        .flat_map(|(order, states)| {
            order.lines.iter().zip(states).map(|(line, state)| NewRow {
                ord_no: order.number.as_str(),
                ord_seq: line.seq,
                goods_no: line.goods_no.as_str(),
                goods_nm: &line.goods_name,
                goods_img: line.goods_image.as_deref(),
                itm_no: line.item_no.as_str(),
                itm_nm: &line.item_name,
                entr_no: &line.vendor_no,
                deli_grp_no: line.group_no,
                sale_prc: line.unit_price,
                ord_qty: line.quantity,
                cncl_qty: 0,
                rtn_qty: 0,
                dc_amt: state.discount,
                ord_dtl_stat_cd: state.status,
                dlvd_dtm: None,
            })
        })
        .collect();
    for rows in rows.chunks(super::ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(ord_line::table).values(rows).execute(inner))?;
    }
    Ok(())
}

pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<StandingLine>> {
    let rows: Vec<Row> = ord_line::table
        .filter(ord_line::ord_no.eq(order_no.as_str()))
        .order(ord_line::ord_seq)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(StandingLine::from).collect())
}

/// Writes a line's status and its delivery.
pub fn update_status(conn: &mut DbConnection, order_no: &OrderNo, line: &LineState) -> QueryResult<()> {
    diesel::update(ord_line::table.find((order_no.as_str(), line.seq)))
        .set((
            ord_line::ord_dtl_stat_cd.eq(line.status),
            ord_line::dlvd_dtm.eq(line.delivered_at.map(|at| at.naive_utc())),
        ))
        .execute(conn)
        .map(drop)
}

/// Writes what a claim has left of a line.
pub fn update_claimed(conn: &mut DbConnection, order_no: &OrderNo, line: &StandingLine) -> QueryResult<()> {
    UpdateClaimed {
        status: line.state.status.code(),
        cancelled: line.quantity_cancelled,
        returned: line.quantity_returned,
        discount: line.state.discount,
        order_no: order_no.as_str(),
        line_seq: line.state.seq,
    }
    .execute(conn)
    .map(drop)
}

/// Puts a line on another item.
pub fn update_item(conn: &mut DbConnection, order_no: &OrderNo, change: &ItemChange) -> QueryResult<()> {
    diesel::update(ord_line::table.find((order_no.as_str(), change.line_seq)))
        .set((ord_line::itm_no.eq(change.to.as_str()), ord_line::itm_nm.eq(&change.to_name)))
        .execute(conn)
        .map(drop)
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct UpdateClaimed<'a> {
        status: &'a str = Text,
        cancelled: i64 = BigInt,
        returned: i64 = BigInt,
        discount: Won = BigInt,
        order_no: &'a str = Text,
        line_seq: i32 = Integer,
    }
    sql {
        "UPDATE ord_line SET ord_dtl_stat_cd = " {status} ", cncl_qty = " {cancelled} ", rtn_qty = " {returned}
        ", dc_amt = " {discount} " WHERE ord_no = " {order_no} " AND ord_seq = " {line_seq}
    }
}
