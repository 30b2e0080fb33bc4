//! 주문사본

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{MemberNo, OrderNo, SiteNo};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::order::pinned::OrderCopy;
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::order_copy;

#[derive(Insertable)]
#[diesel(table_name = order_copy, treat_none_as_default_value = false)]
struct NewRow<'a> {
    ord_no: &'a str,
    site_no: &'a SiteNo,
    mbr_no: Option<&'a MemberNo>,
    ord_doc: &'a str,
    pinned_dtm: NaiveDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_copy)]
struct Row {
    ord_no: OrderNo,
    site_no: SiteNo,
    mbr_no: Option<MemberNo>,
    ord_doc: String,
}

impl From<Row> for OrderCopy {
    fn from(row: Row) -> Self {
        Self { number: row.ord_no, site_no: row.site_no, member_no: row.mbr_no, terms: row.ord_doc }
    }
}

pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<OrderCopy>> {
    let row = order_copy::table.find(order_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(OrderCopy::from))
}

/// These orders, as far as they are here.
pub fn find_all(conn: &mut DbConnection, numbers: &[OrderNo]) -> QueryResult<HashMap<OrderNo, OrderCopy>> {
    let mut found = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let rows: Vec<Row> =
            order_copy::table.filter(order_copy::ord_no.eq_any(batch)).select(Row::as_select()).load(conn)?;
        found.extend(rows.into_iter().map(|row| (row.ord_no.clone(), OrderCopy::from(row))));
    }
    Ok(found)
}

/// Which of these orders are here.
pub fn find_known(conn: &mut DbConnection, numbers: &[OrderNo]) -> QueryResult<Vec<OrderNo>> {
    let mut known = Vec::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let rows: Vec<OrderNo> = order_copy::table
            .filter(order_copy::ord_no.eq_any(batch))
            .order(order_copy::ord_no)
            .select(order_copy::ord_no)
            .load(conn)?;
        known.extend(rows);
    }
    Ok(known)
}

/// Copies after a number, in the order of their numbers.
pub fn list_after(
    conn: &mut DbConnection,
    after: Option<&OrderNo>,
    limit: i64,
) -> QueryResult<Vec<OrderCopy>> {
    let rows: Vec<Row> = order_copy::table
        .filter(order_copy::ord_no.gt(after.map_or("", OrderNo::as_str)))
        .order(order_copy::ord_no)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(OrderCopy::from).collect())
}

/// Puts copies down; the first one of an order stays. Several must come by number.
pub fn insert(conn: &mut DbConnection, copies: &[OrderCopy], now: DateTime<Utc>) -> QueryResult<()> {
    let rows: Vec<NewRow<'_>> = copies
        .iter()
        .map(|copy| NewRow {
            ord_no: copy.number.as_str(),
            site_no: &copy.site_no,
            mbr_no: copy.member_no.as_ref(),
            ord_doc: &copy.terms,
            pinned_dtm: now.naive_utc(),
        })
        .collect();
    for batch in rows.chunks(ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| {
            diesel::insert_into(order_copy::table).values(batch).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(())
}

/// Reads an order and locks it until the transaction ends: whoever decides on a claim of it waits.
pub fn lock_one(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<OrderCopy>> {
    let row: Option<Row> = for_update!(
        conn,
        order_copy::table.find(order_no.as_str()).select(Row::as_select()),
        |query, inner| { query.first(inner).optional() }
    )?;
    Ok(row.map(OrderCopy::from))
}

/// Reads these orders and locks them until the transaction ends: whoever decides on a claim of one waits.
///
/// The numbers must be sorted, so that two who lock several never wait for each other in a circle.
pub fn lock(conn: &mut DbConnection, numbers: &[OrderNo]) -> QueryResult<HashMap<OrderNo, OrderCopy>> {
    let mut locked = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let rows: Vec<Row> = for_update!(
            conn,
            order_copy::table
                .filter(order_copy::ord_no.eq_any(batch))
                .order(order_copy::ord_no)
                .select(Row::as_select()),
            |query, inner| query.load(inner)
        )?;
        locked.extend(rows.into_iter().map(|row| (row.ord_no.clone(), OrderCopy::from(row))));
    }
    Ok(locked)
}
