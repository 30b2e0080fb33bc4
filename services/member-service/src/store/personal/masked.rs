//! Writes masks over many rows with one statement per table.

use db::{DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Nullable, Text};

use super::PersonalOrder;

/// Puts the masks in the place of the originals and marks the orders as masked. No password stays either.
///
/// `orders` hold what is to be seen from now on.
pub fn update_masked(conn: &mut DbConnection, orders: &[PersonalOrder]) -> QueryResult<()> {
    let bases = orders.iter().map(|order| {
        let orderer = &order.personal.orderer;
        vec![
            Cell::key(&order.order_no),
            Cell::text(&orderer.name),
            Cell::text(&orderer.phone.first),
            Cell::text(&orderer.phone.middle),
            Cell::text(&orderer.phone.last),
            Cell::Text(orderer.email.as_deref()),
            Cell::text("Y"),
            Cell::Text(None),
        ]
    });
    update(
        conn,
        "ord_base",
        &["ord_no"],
        &[
            "ord_man_nm",
            "cell_sct_no",
            "cell_txno_no",
            "cell_end_no",
            "email_addr",
            "mask_yn",
            "ord_pwd_hash",
        ],
        bases,
    )?;
    let deliveries = orders.iter().flat_map(|order| {
        order.personal.deliveries.iter().map(|delivery| {
            vec![
                Cell::key(&order.order_no),
                Cell::Integer(delivery.seq),
                Cell::text(&delivery.receiver),
                Cell::text(&delivery.phone.first),
                Cell::text(&delivery.phone.middle),
                Cell::text(&delivery.phone.last),
                Cell::text(&delivery.address.street),
                Cell::text(&delivery.address.detail),
                Cell::Text(delivery.message.as_deref()),
                Cell::Text(delivery.customs_number.as_deref()),
            ]
        })
    });
    update(
        conn,
        "ord_dlvp",
        &["ord_no", "dlvp_seq"],
        &[
            "rcvmn_nm",
            "cell_sct_no",
            "cell_txno_no",
            "cell_end_no",
            "zip_addr",
            "dtl_addr",
            "deli_msg",
            "pers_cstm_cd",
        ],
        deliveries,
    )?;
    let gifts = orders.iter().flat_map(|order| {
        order.personal.gift_deliveries.iter().map(|gift| {
            vec![
                Cell::key(&order.order_no),
                Cell::text(&gift.number),
                Cell::text(&gift.receiver),
                Cell::text(&gift.phone.first),
                Cell::text(&gift.phone.middle),
                Cell::text(&gift.phone.last),
                Cell::text(&gift.address.street),
                Cell::text(&gift.address.detail),
                Cell::Text(gift.message.as_deref()),
            ]
        })
    });
    update(
        conn,
        "ord_etc_gft_dlvp",
        &["ord_no", "etc_gft_dlvp_no"],
        &["rcvmn_nm", "cell_sct_no", "cell_txno_no", "cell_end_no", "zip_addr", "dtl_addr", "deli_msg"],
        gifts,
    )?;
    let cards = orders.iter().flat_map(|order| {
        order.personal.cards.iter().map(|card| {
            vec![
                Cell::key(&order.order_no),
                Cell::text(card.payment_no.as_str()),
                Cell::Text(card.number.as_deref()),
            ]
        })
    });
    update(conn, "ord_pay", &["ord_no", "pay_no"], &["card_no"], cards)
}

fn update<'a>(
    conn: &mut DbConnection,
    table: &'static str,
    keys: &'static [&'static str],
    columns: &'static [&'static str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> QueryResult<()> {
    let rows: Vec<Vec<Cell<'a>>> = rows.collect();
    for rows in rows.chunks(crate::store::ROWS_PER_STATEMENT) {
        UpdateMany { table, keys, columns, rows }.execute(conn)?;
    }
    Ok(())
}

/// A value of a row: keys first, then columns.
enum Cell<'a> {
    Text(Option<&'a str>),
    Integer(i32),
}

impl<'a> Cell<'a> {
    fn text(text: &'a str) -> Self {
        Self::Text(Some(text))
    }

    fn key(order_no: &'a commerce::OrderNo) -> Self {
        Self::text(order_no.as_str())
    }
}

/// `UPDATE … FROM` a list of values, which both databases read in this form.
struct UpdateMany<'a> {
    table: &'static str,
    keys: &'static [&'static str],
    columns: &'static [&'static str],
    rows: &'a [Vec<Cell<'a>>],
}

impl UpdateMany<'_> {
    /// Repeats something per name, with a word between.
    fn push_each<'b>(
        out: &mut AstPass<'_, 'b, DbBackend>,
        names: impl Iterator<Item = &'static str>,
        between: &str,
        push: impl Fn(&mut AstPass<'_, 'b, DbBackend>, &'static str),
    ) {
        for (place, name) in names.enumerate() {
            if place > 0 {
                out.push_sql(between);
            }
            push(out, name);
        }
    }
}

impl QueryFragment<DbBackend> for UpdateMany<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        let names = || self.keys.iter().chain(self.columns).copied();
        out.push_sql("WITH masked (");
        Self::push_each(&mut out, names(), ", ", |out, name| out.push_sql(name));
        out.push_sql(") AS (VALUES ");
        for (place, row) in self.rows.iter().enumerate() {
            out.push_sql(if place > 0 { ", (" } else { "(" });
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    out.push_sql(", ");
                }
                match cell {
                    Cell::Text(text) => out.push_bind_param::<Nullable<Text>, _>(text)?,
                    Cell::Integer(integer) => out.push_bind_param::<Integer, _>(integer)?,
                }
            }
            out.push_sql(")");
        }
        out.push_sql(") UPDATE ");
        out.push_sql(self.table);
        out.push_sql(" SET ");
        Self::push_each(&mut out, self.columns.iter().copied(), ", ", |out, name| {
            out.push_sql(name);
            out.push_sql(" = masked.");
            out.push_sql(name);
        });
        out.push_sql(" FROM masked WHERE ");
        Self::push_each(&mut out, self.keys.iter().copied(), " AND ", |out, name| {
            for piece in [self.table, ".", name, " = masked.", name] {
                out.push_sql(piece);
            }
        });
        Ok(())
    }
}

/// Its text depends on the number of rows, so it is not kept prepared.
impl QueryId for UpdateMany<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<DbConnection> for UpdateMany<'_> {}
