//! 환불장부: every refund that was begun, once per key.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, OrderNo, PayMeans, PaymentNo, Won};
use db::{DbConnection, each_backend};
use diesel::prelude::*;

use crate::domain::saga::EffectKey;
use crate::store::schema::rfd_book;

/// Who gives back what no provider does: a person, by transfer.
pub const TRANSFERS: &str = "TRANSFER";

/// A refund as the book knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub key: EffectKey,
    /// Who carries it out.
    pub provider: String,
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    pub payment_no: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
}

/// What stands in the book under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub refund: Refund,
    /// When it was asked for the first time.
    pub begun_at: DateTime<Utc>,
    /// None while it is not known to have happened.
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Insertable)]
#[diesel(table_name = rfd_book, treat_none_as_default_value = false)]
struct NewRow<'a> {
    eff_key: &'a str,
    prvd_cd: &'a str,
    ord_no: &'a OrderNo,
    claim_no: &'a ClaimNo,
    pay_no: &'a PaymentNo,
    pay_means_cd: PayMeans,
    rfd_amt: Won,
    rqst_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rfd_book)]
struct Row {
    eff_key: String,
    prvd_cd: String,
    ord_no: OrderNo,
    claim_no: ClaimNo,
    pay_no: PaymentNo,
    pay_means_cd: PayMeans,
    rfd_amt: Won,
    rqst_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self {
            refund: Refund {
                key: EffectKey::kept(row.eff_key),
                provider: row.prvd_cd,
                order_no: row.ord_no,
                claim_no: row.claim_no,
                payment_no: row.pay_no,
                means: row.pay_means_cd,
                amount: row.rfd_amt,
            },
            begun_at: row.rqst_dtm.and_utc(),
            done_at: row.cmpl_dtm.map(|at| at.and_utc()),
        }
    }
}

/// Writes the refund down unless its key stands here already, and tells what stands here.
pub fn enter(
    conn: &mut DbConnection,
    refund: &Refund,
    now: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
) -> QueryResult<Entry> {
    let row = NewRow {
        eff_key: refund.key.as_str(),
        prvd_cd: &refund.provider,
        ord_no: &refund.order_no,
        claim_no: &refund.claim_no,
        pay_no: &refund.payment_no,
        pay_means_cd: refund.means,
        rfd_amt: refund.amount,
        rqst_dtm: now.naive_utc(),
        cmpl_dtm: done_at.map(|at| at.naive_utc()),
    };
    let inserted = each_backend!(conn, |inner| {
        diesel::insert_into(rfd_book::table).values(&row).on_conflict_do_nothing().execute(inner)
    })?;
    if inserted == 1 {
        return Ok(Entry { refund: refund.clone(), begun_at: now, done_at });
    }
    let kept: Row = rfd_book::table.find(refund.key.as_str()).select(Row::as_select()).first(conn)?;
    Ok(kept.into())
}

/// Notes that the refund happened, and the provider's name for it. What is noted stays.
pub fn finish(
    conn: &mut DbConnection,
    key: &EffectKey,
    transaction_key: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(rfd_book::table.find(key.as_str()))
        .filter(rfd_book::cmpl_dtm.is_null())
        .set((rfd_book::cmpl_dtm.eq(now.naive_utc()), rfd_book::trns_key.eq(transaction_key)))
        .execute(conn)
}

/// 이체대상: what no provider gives back and nobody has said that it was sent, behind a key.
pub fn list_to_transfer(conn: &mut DbConnection, after: &str, limit: i64) -> QueryResult<Vec<Refund>> {
    let rows: Vec<Row> = rfd_book::table
        .filter(rfd_book::prvd_cd.eq(TRANSFERS))
        .filter(rfd_book::trns_dtm.is_null())
        .filter(rfd_book::eff_key.gt(after))
        .order(rfd_book::eff_key)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| Entry::from(row).refund).collect())
}

/// 이체완료: what of a claim was still to be sent was sent now. Says how many refunds.
pub fn mark_transferred(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(rfd_book::table)
        .filter(rfd_book::claim_no.eq(claim_no.as_str()))
        .filter(rfd_book::prvd_cd.eq(TRANSFERS))
        .filter(rfd_book::trns_dtm.is_null())
        .set(rfd_book::trns_dtm.eq(now.naive_utc()))
        .execute(conn)
}
