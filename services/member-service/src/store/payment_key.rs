//! 결제키: what each of a payment provider's keys has paid for. The table's primary key decides; nobody looks first.

use std::collections::{BTreeMap, BTreeSet};

use commerce::OrderNo;
use db::{DbConnection, DbError, for_update};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::ROWS_PER_STATEMENT;
use super::schema::payment_key;
use crate::domain::payment_key::Holder;

/// It paid an order, or several.
const ORDER: &str = "ORDER";
/// It paid what a claim cost in addition.
const CLAIM: &str = "CLAIM";
/// Each further try follows on a key that was given back at that very moment.
const TRIES: usize = 5;

db::insert_rows! {
    struct NewRow<'a> into "payment_key" {
        pg_pay_key: &'a str = Text,
        use_cd: &'static str = Text,
        ord_no: &'a str = Text,
        hold_no: Option<&'a str> = Nullable<Text>,
    }
    then "ON CONFLICT (pg_pay_key) DO NOTHING"
}

/// Puts down the keys of new orders and says which of them are an additional payment's; then the orders can't be taken.
///
/// They come sorted, so that two who put several down never wait for each other in a circle.
pub fn register(
    conn: &mut DbConnection,
    keys: &BTreeMap<&str, &OrderNo>,
) -> Result<BTreeSet<String>, DbError> {
    let mut open = keys.clone();
    let mut used_by_claims = BTreeSet::new();
    for _ in 0..TRIES {
        let rows: Vec<NewRow<'_>> = open
            .iter()
            .map(|(key, order_no)| NewRow {
                pg_pay_key: key,
                use_cd: ORDER,
                ord_no: order_no.as_str(),
                hold_no: None,
            })
            .collect();
        if NewRow::insert_all(conn, &rows)? == rows.len() {
            return Ok(used_by_claims);
        }
        for (key, used_for) in find_uses(conn, &open)? {
            open.remove(key.as_str());
            if used_for == CLAIM {
                used_by_claims.insert(key);
            }
        }
        if open.is_empty() {
            return Ok(used_by_claims);
        }
    }
    Err(DbError::Busy)
}

/// No lock: an order's key never leaves the table, and of a claim's the order is refused.
fn find_uses(conn: &mut DbConnection, keys: &BTreeMap<&str, &OrderNo>) -> QueryResult<Vec<(String, String)>> {
    let keys: Vec<&str> = keys.keys().copied().collect();
    let mut found = Vec::new();
    for batch in keys.chunks(ROWS_PER_STATEMENT) {
        let query = payment_key::table.filter(payment_key::pg_pay_key.eq_any(batch));
        let rows: Vec<(String, String)> =
            query.select((payment_key::pg_pay_key, payment_key::use_cd)).load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Holds a key for a claim of the order. Held by several of the order, or without a number to give it back by, it is held
/// for good: which of them a claim is accepted with is decided elsewhere.
pub fn hold(
    conn: &mut DbConnection,
    key: &str,
    order_no: &OrderNo,
    hold_no: Option<&str>,
) -> Result<Holder, DbError> {
    for _ in 0..TRIES {
        let row = NewRow { pg_pay_key: key, use_cd: CLAIM, ord_no: order_no.as_str(), hold_no };
        if NewRow::insert_all(conn, &[row])? == 1 {
            return Ok(Holder::Asked);
        }
        let query = payment_key::table.find(key).select((
            payment_key::use_cd,
            payment_key::ord_no,
            payment_key::hold_no,
        ));
        let known: Option<(String, OrderNo, Option<String>)> =
            for_update!(conn, query, |query, inner| query.first(inner).optional())?;
        let Some((used_for, known_order, known_hold)) = known else { continue };
        if used_for != CLAIM || known_order != *order_no {
            return Ok(Holder::Other(known_order));
        }
        if known_hold.is_some() && known_hold.as_deref() != hold_no {
            diesel::update(payment_key::table.find(key))
                .set(payment_key::hold_no.eq(None::<&str>))
                .execute(conn)?;
        }
        return Ok(Holder::Asked);
    }
    Err(DbError::Busy)
}

/// Gives a key back that nobody else has held.
pub fn release(conn: &mut DbConnection, key: &str, order_no: &OrderNo, hold_no: &str) -> QueryResult<usize> {
    // Only a claim's key has a number to give it back by.
    diesel::delete(payment_key::table.find(key))
        .filter(payment_key::ord_no.eq(order_no.as_str()))
        .filter(payment_key::hold_no.eq(hold_no))
        .execute(conn)
}
