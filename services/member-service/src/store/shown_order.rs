//! 주문내역: pages of orders with everything that is known of each.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimType, GoodsNo, ItemNo, LineStatus, MemberNo, OrderMedia, OrderNo, Won, Yn};
use db::{DbBackend, DbConnection};
use diesel::dsl::{count_star, exists, sql};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Bool, Text};
use serde::Deserialize;

use super::schema::{ord_base, ord_claim, ord_claim_stat, ord_line, ord_pay};
use super::{claim_standing, order_decision};
use crate::domain::order_search::{OrderSearch, Whose};
use crate::domain::personal::Phone;
use crate::domain::shown_order::{DecidedClaim, KnownOrder, LineTerms, OrderHead, OrderedGoods};

/// Of a query that selects something from orders, those that are sought. Its type nobody can write down.
macro_rules! narrowed {
    ($select:expr, $search:expr) => {{
        let search: &OrderSearch = $search;
        let mut query = ord_base::table.select($select).into_boxed::<DbBackend>();
        match &search.whose {
            Whose::Member { number, site_no } => {
                query = query.filter(ord_base::mbr_no.eq(number.as_str()));
                if let Some(site_no) = site_no {
                    query = query.filter(ord_base::site_no.eq(site_no.as_str()));
                }
            }
            Whose::Guest { order_no, site_no } => {
                query = query
                    .filter(ord_base::ord_no.eq(order_no.as_str()))
                    .filter(ord_base::mbr_no.is_null())
                    .filter(ord_base::site_no.eq(site_no.as_str()));
            }
            Whose::Known(_) => {}
        }
        if let Whose::Known(known) = &search.whose {
            let [first, middle, last] = &known.phone;
            if known.is_personal() {
                query = query.filter(sql::<Bool>("ord_base.mask_yn = 'N'"));
            }
            if let Some(order_no) = &known.order_no {
                query = query.filter(ord_base::ord_no.eq(order_no.as_str()));
            }
            if let Some(member_no) = &known.member_no {
                query = query.filter(ord_base::mbr_no.eq(member_no.as_str()));
            }
            if let Some(first) = first {
                let begins = sql::<Bool>("substr(ord_base.cell_sct_no, 1, 20) = ");
                query = query
                    .filter(begins.bind::<Text, _>(beginning(first)))
                    .filter(ord_base::cell_sct_no.eq(first.as_str()));
            }
            if let Some(middle) = middle {
                let begins = sql::<Bool>("substr(ord_base.cell_txno_no, 1, 20) = ");
                query = query
                    .filter(begins.bind::<Text, _>(beginning(middle)))
                    .filter(ord_base::cell_txno_no.eq(middle.as_str()));
            }
            if let Some(last) = last {
                let begins = sql::<Bool>("substr(ord_base.cell_end_no, 1, 20) = ");
                query = query
                    .filter(begins.bind::<Text, _>(beginning(last)))
                    .filter(ord_base::cell_end_no.eq(last.as_str()));
            }
            if let Some(name) = &known.orderer_name {
                query = query.filter(ord_base::ord_man_nm.eq(name.as_str()));
            }
        }
        if let Some(from) = search.period.begin() {
            query = query.filter(ord_base::ord_dtm.ge(from.naive_utc()));
        }
        if let Some(until) = search.period.end() {
            query = query.filter(ord_base::ord_dtm.lt(until.naive_utc()));
        }
        if search.has_claims {
            let told = ord_claim_stat::table.filter(ord_claim_stat::ord_no.eq(ord_base::ord_no));
            let decided = ord_claim::table.filter(ord_claim::ord_no.eq(ord_base::ord_no));
            query = query.filter(exists(told).or(exists(decided)));
        }
        query
    }};
}

/// As much of a part of a phone as the index holds, in code points as both databases count them.
fn beginning(part: &str) -> String {
    part.chars().take(20).collect()
}

/// How many there are.
pub fn count(conn: &mut DbConnection, search: &OrderSearch) -> QueryResult<i64> {
    narrowed!(count_star(), search).first(conn)
}

/// A page of them, newest first. Several statements: read it in one snapshot.
pub fn find_page(
    conn: &mut DbConnection,
    search: &OrderSearch,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<KnownOrder>> {
    let rows: Vec<Row> = narrowed!(Row::as_select(), search)
        .order((ord_base::ord_dtm.desc(), ord_base::ord_no.desc()))
        .limit(limit)
        .offset(offset)
        .load(conn)?;
    known(conn, rows)
}

/// One order, whoever's it is.
pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<KnownOrder>> {
    let row: Option<Row> =
        ord_base::table.find(order_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    Ok(known(conn, row.into_iter().collect())?.pop())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_base)]
struct Row {
    ord_no: OrderNo,
    mbr_no: Option<MemberNo>,
    ord_man_nm: String,
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
    ord_media_cd: OrderMedia,
    ord_dtm: NaiveDateTime,
    ord_terms: String,
    mask_yn: Yn,
    pur_amt: Won,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_line)]
struct LineRow {
    ord_no: OrderNo,
    ord_seq: i32,
    goods_no: GoodsNo,
    goods_nm: String,
    goods_img: Option<String>,
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

fn known(conn: &mut DbConnection, rows: Vec<Row>) -> QueryResult<Vec<KnownOrder>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<&str> = rows.iter().map(|row| row.ord_no.as_str()).collect();
    let mut goods: HashMap<OrderNo, Vec<LineRow>> = HashMap::new();
    let lines: Vec<LineRow> = ord_line::table
        .filter(ord_line::ord_no.eq_any(&numbers))
        .order((ord_line::ord_no, ord_line::ord_seq))
        .select(LineRow::as_select())
        .load(conn)?;
    for line in lines {
        goods.entry(line.ord_no.clone()).or_default().push(line);
    }
    let mut paid: HashMap<OrderNo, Vec<Won>> = HashMap::new();
    let payments: Vec<(OrderNo, Won)> = ord_pay::table
        .filter(ord_pay::ord_no.eq_any(&numbers))
        .select((ord_pay::ord_no, ord_pay::pay_amt))
        .load(conn)?;
    for (order_no, amount) in payments {
        paid.entry(order_no).or_default().push(amount);
    }
    let mut standings = claim_standing::find_of_orders(conn, &numbers)?;
    let mut decided = find_decided(conn, &numbers)?;
    rows.into_iter()
        .map(|row| {
            let mut terms = line_terms(&row.ord_terms)?;
            let goods = goods.remove(&row.ord_no).unwrap_or_default().into_iter();
            let goods = goods.map(|line| {
                let terms = terms.remove(&line.ord_seq).ok_or_else(|| unreadable("a line has no terms"))?;
                Ok(ordered(line, terms))
            });
            Ok(KnownOrder {
                amount_paid: Won::sum(paid.remove(&row.ord_no).unwrap_or_default())
                    .ok_or_else(|| unreadable("payments do not add up"))?,
                goods: goods.collect::<QueryResult<_>>()?,
                standings: standings.remove(&row.ord_no).unwrap_or_default(),
                decided: decided.remove(&row.ord_no).unwrap_or_default(),
                head: head(row),
            })
        })
        .collect()
}

fn unreadable(what: &'static str) -> QueryError {
    QueryError::DeserializationError(what.into())
}

fn head(row: Row) -> OrderHead {
    OrderHead {
        number: row.ord_no,
        member_no: row.mbr_no,
        orderer_name: row.ord_man_nm,
        phone: Phone { first: row.cell_sct_no, middle: row.cell_txno_no, last: row.cell_end_no },
        media: row.ord_media_cd,
        ordered_at: row.ord_dtm.and_utc(),
        is_masked: row.mask_yn.is_yes(),
        amount_counted: row.pur_amt,
    }
}

fn ordered(row: LineRow, terms: LineTerms) -> OrderedGoods {
    OrderedGoods {
        seq: row.ord_seq,
        goods_no: row.goods_no,
        goods_name: row.goods_nm,
        goods_image: row.goods_img,
        item_no: row.itm_no,
        item_name: row.itm_nm,
        unit_price: row.sale_prc,
        quantity: row.ord_qty,
        quantity_cancelled: row.cncl_qty,
        quantity_returned: row.rtn_qty,
        discount: row.dc_amt,
        status: row.ord_dtl_stat_cd,
        delivered_at: row.dlvd_dtm.map(|at| at.and_utc()),
        terms,
    }
}

/// Of an order's terms, what says whether its lines may be claimed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
    goods_list: Vec<TermsOfLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TermsOfLine {
    ord_seq: i32,
    ord_cncl_psb_yn: Yn,
    rsv_goods_yn: Yn,
    rtn_psb_yn: Option<Yn>,
    exch_psb_yn: Option<Yn>,
}

fn line_terms(document: &str) -> QueryResult<HashMap<i32, LineTerms>> {
    let terms: Terms =
        serde_json::from_str(document).map_err(|error| QueryError::DeserializationError(error.into()))?;
    let of_line = |line: TermsOfLine| {
        let terms = LineTerms {
            is_cancelable: line.ord_cncl_psb_yn.is_yes(),
            is_reserved: line.rsv_goods_yn.is_yes(),
            is_returnable: line.rtn_psb_yn.is_none_or(Yn::is_yes),
            is_exchangeable: line.exch_psb_yn.is_none_or(Yn::is_yes),
        };
        (line.ord_seq, terms)
    };
    Ok(terms.goods_list.into_iter().map(of_line).collect())
}

fn find_decided(
    conn: &mut DbConnection,
    order_nos: &[&str],
) -> QueryResult<HashMap<OrderNo, Vec<DecidedClaim>>> {
    let rows: Vec<(ClaimNo, OrderNo, ClaimType, String, NaiveDateTime)> = ord_claim::table
        .filter(ord_claim::ord_no.eq_any(order_nos))
        .select((
            ord_claim::claim_no,
            ord_claim::ord_no,
            ord_claim::claim_business_type,
            ord_claim::dcsn_cd,
            ord_claim::reg_dtm,
        ))
        .load(conn)?;
    let mut found: HashMap<OrderNo, Vec<DecidedClaim>> = HashMap::new();
    for (claim_no, order_no, claim_type, code, decided_at) in rows {
        let decision = order_decision::decision_of(&code)?;
        let decided = DecidedClaim { claim_no, claim_type, decision, decided_at: decided_at.and_utc() };
        found.entry(order_no).or_default().push(decided);
    }
    Ok(found)
}
