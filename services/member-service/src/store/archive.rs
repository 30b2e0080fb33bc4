//! 개인정보 분리보관: sealed originals of masked orders, until their date.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::OrderNo;
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use super::schema::personal_archive;

/// The sealed personal data of one order.
#[derive(Debug, Clone)]
pub struct SealedOrder {
    pub order_no: OrderNo,
    pub keep_until: DateTime<Utc>,
    pub sealed: String,
}

#[derive(Insertable)]
#[diesel(table_name = personal_archive, treat_none_as_default_value = false)]
struct ArchiveRow<'a> {
    ord_no: &'a str,
    keep_until: NaiveDateTime,
    sealed_doc: &'a str,
    reg_dtm: NaiveDateTime,
}

/// Puts sealed orders away. What lies there already is the original and stays.
pub fn insert(conn: &mut DbConnection, now: DateTime<Utc>, orders: &[SealedOrder]) -> QueryResult<()> {
    let rows: Vec<ArchiveRow<'_>> = orders
        .iter()
        .map(|order| ArchiveRow {
            ord_no: order.order_no.as_str(),
            keep_until: order.keep_until.naive_utc(),
            sealed_doc: &order.sealed,
            reg_dtm: now.naive_utc(),
        })
        .collect();
    for rows in rows.chunks(super::ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| {
            diesel::insert_into(personal_archive::table).values(rows).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(())
}

/// The sealed document of an order.
pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<String>> {
    personal_archive::table
        .find(order_no.as_str())
        .select(personal_archive::sealed_doc)
        .first(conn)
        .optional()
}

/// Sealed documents after an order's number, in the order of the numbers; so many at most.
pub fn page_after(conn: &mut DbConnection, after: &str, limit: i64) -> QueryResult<Vec<(String, String)>> {
    personal_archive::table
        .filter(personal_archive::ord_no.gt(after))
        .order(personal_archive::ord_no)
        .limit(limit)
        .select((personal_archive::ord_no, personal_archive::sealed_doc))
        .load(conn)
}

/// Puts what was sealed anew in the place of what it was made of, if that is still there.
pub fn replace(conn: &mut DbConnection, order_no: &str, from: &str, to: &str) -> QueryResult<usize> {
    let same = personal_archive::table.find(order_no).filter(personal_archive::sealed_doc.eq(from));
    diesel::update(same).set(personal_archive::sealed_doc.eq(to)).execute(conn)
}

/// Deletes what need not be kept any longer.
pub fn purge(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    Purge { now: now.naive_utc() }.execute(conn)
}

db::statement! {
    struct Purge {
        now: NaiveDateTime = Timestamp,
    }
    sql { "DELETE FROM personal_archive WHERE keep_until <= " {now} }
}
