//! Lines of orders together with their order, for lists.

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{GoodsNo, ItemNo, LineStatus, MemberNo, OrderNo, SiteNo, Won};
use db::DbConnection;
use diesel::prelude::*;

use super::schema::{ord_base, ord_line};
use crate::domain::ordered_line::OrderedLine;

type Row =
    (OrderNo, NaiveDateTime, i32, GoodsNo, String, ItemNo, String, Option<String>, i64, Won, LineStatus);

fn line(
    (
        order_no,
        ordered_at,
        seq,
        goods_no,
        goods_name,
        item_no,
        item_name,
        goods_image,
        quantity,
        unit_price,
        status,
    ): Row,
) -> OrderedLine {
    OrderedLine {
        order_no,
        ordered_at: ordered_at.and_utc(),
        seq,
        goods_no,
        goods_name,
        item_no,
        item_name,
        goods_image,
        quantity,
        unit_price,
        status,
    }
}

/// A page of a member's lines, newest order first, and how many there are in all.
pub fn find_of_member(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    ordered: &Range<DateTime<Utc>>,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<OrderedLine>)> {
    let (from, until) = (ordered.start.naive_utc(), ordered.end.naive_utc());
    let wanted = ord_base::mbr_no
        .eq(member_no.as_str())
        .and(ord_base::site_no.eq(site_no.as_str()))
        .and(ord_base::ord_dtm.ge(from))
        .and(ord_base::ord_dtm.lt(until));
    let total = ord_line::table.inner_join(ord_base::table).filter(wanted).count().get_result(conn)?;
    let rows: Vec<Row> = ord_line::table
        .inner_join(ord_base::table)
        .filter(wanted)
        .order((ord_base::ord_dtm.desc(), ord_base::ord_no.desc(), ord_line::ord_seq))
        .limit(limit)
        .offset(offset)
        .select(COLUMNS)
        .load(conn)?;
    Ok((total, rows.into_iter().map(line).collect()))
}

/// The lines of one order.
pub fn find_of_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<OrderedLine>> {
    let rows: Vec<Row> = ord_line::table
        .inner_join(ord_base::table)
        .filter(ord_line::ord_no.eq(order_no.as_str()))
        .order(ord_line::ord_seq)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(line).collect())
}

/// Who ordered and by which name, if the order is there.
pub fn find_orderer(
    conn: &mut DbConnection,
    order_no: &OrderNo,
) -> QueryResult<Option<(Option<MemberNo>, SiteNo, String)>> {
    ord_base::table
        .find(order_no.as_str())
        .select((ord_base::mbr_no, ord_base::site_no, ord_base::ord_man_nm))
        .first(conn)
        .optional()
}

type Columns = (
    ord_base::ord_no,
    ord_base::ord_dtm,
    ord_line::ord_seq,
    ord_line::goods_no,
    ord_line::goods_nm,
    ord_line::itm_no,
    ord_line::itm_nm,
    ord_line::goods_img,
    ord_line::ord_qty,
    ord_line::sale_prc,
    ord_line::ord_dtl_stat_cd,
);

const COLUMNS: Columns = (
    ord_base::ord_no,
    ord_base::ord_dtm,
    ord_line::ord_seq,
    ord_line::goods_no,
    ord_line::goods_nm,
    ord_line::itm_no,
    ord_line::itm_nm,
    ord_line::goods_img,
    ord_line::ord_qty,
    ord_line::sale_prc,
    ord_line::ord_dtl_stat_cd,
);
