//! Payments of orders, and the card numbers on them.

use std::collections::HashMap;

use commerce::{OrderNo, PayMeans, PaymentNo, Won, Yn};
use db::{DbConnection, each_backend};
use diesel::prelude::*;

use super::schema::ord_pay;
use crate::domain::order_intake::Payment;
use crate::domain::personal::Card;

#[derive(Insertable)]
#[diesel(table_name = ord_pay, treat_none_as_default_value = false)]
struct NewRow<'a> {
    ord_no: &'a str,
    pay_no: &'a str,
    pay_means_cd: PayMeans,
    pay_amt: Won,
    sctn_cncl_psb_yn: Yn,
    pg_pay_key: Option<&'a str>,
    card_no: Option<&'a str>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_pay)]
struct Row {
    pay_no: PaymentNo,
    pay_means_cd: PayMeans,
    pay_amt: Won,
    sctn_cncl_psb_yn: Yn,
    pg_pay_key: Option<String>,
    card_no: Option<String>,
}

/// Puts down the payments of new orders. A payment's card is the one beside it in the list of cards.
pub fn insert<'a>(
    conn: &mut DbConnection,
    orders: impl Iterator<Item = (&'a OrderNo, &'a [Payment], &'a [Card])>,
) -> QueryResult<()> {
    let rows: Vec<NewRow<'a>> = orders
        .flat_map(|(order_no, payments, cards)| {
            let numbers: HashMap<&PaymentNo, Option<&str>> =
                cards.iter().map(|card| (&card.payment_no, card.number.as_deref())).collect();
            payments.iter().map(move |payment| NewRow {
                ord_no: order_no.as_str(),
                pay_no: payment.number.as_str(),
                pay_means_cd: payment.means,
                pay_amt: payment.amount,
                sctn_cncl_psb_yn: payment.is_partly_refundable.into(),
                pg_pay_key: payment.provider_key.as_deref(),
                card_no: numbers.get(&payment.number).copied().flatten(),
            })
        })
        .collect();
    for rows in rows.chunks(super::ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(ord_pay::table).values(rows).execute(inner))?;
    }
    Ok(())
}

pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<(Vec<Payment>, Vec<Card>)> {
    let rows: Vec<Row> = ord_pay::table
        .filter(ord_pay::ord_no.eq(order_no.as_str()))
        .order(ord_pay::pay_no)
        .select(Row::as_select())
        .load(conn)?;
    let split = rows.into_iter().map(|row| {
        let card = Card { payment_no: row.pay_no.clone(), number: row.card_no };
        let payment = Payment {
            number: row.pay_no,
            means: row.pay_means_cd,
            amount: row.pay_amt,
            is_partly_refundable: row.sctn_cncl_psb_yn.into(),
            provider_key: row.pg_pay_key,
        };
        (payment, card)
    });
    Ok(split.unzip())
}
