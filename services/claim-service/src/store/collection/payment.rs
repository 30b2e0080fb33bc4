//! 선결제

use commerce::{ClaimNo, ClaimStatus, OrderNo, PayMeans, PaymentNo, Won};
use db::DbConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use crate::domain::audit::payment::PaidInAddition;
use crate::domain::collection::AdvancePayment;
use crate::store::schema::{claim, claim_pay};

/// False if the payment has settled another claim; then the transaction can't go on.
pub fn insert(conn: &mut DbConnection, claim_no: &ClaimNo, paid: &AdvancePayment) -> QueryResult<bool> {
    let inserted = diesel::insert_into(claim_pay::table)
        .values((
            claim_pay::pay_no.eq(&paid.payment_no),
            claim_pay::claim_no.eq(claim_no.as_str()),
            claim_pay::pay_means_cd.eq(paid.means),
            claim_pay::pay_amt.eq(paid.amount),
            claim_pay::pay_key.eq(&paid.provider_key),
        ))
        .execute(conn);
    match inserted {
        Ok(_) => Ok(true),
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        Err(error) => Err(error),
    }
}

type Row = (PaymentNo, PayMeans, Won, String);

fn payment((payment_no, means, amount, provider_key): Row) -> AdvancePayment {
    AdvancePayment { payment_no, means, amount, provider_key }
}

/// By payment number, compared as strings.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<AdvancePayment>> {
    let rows: Vec<Row> = claim_pay::table
        .filter(claim_pay::claim_no.eq(claim_no.as_str()))
        .order(claim_pay::pay_no)
        .select((claim_pay::pay_no, claim_pay::pay_means_cd, claim_pay::pay_amt, claim_pay::pay_key))
        .load(conn)?;
    Ok(rows.into_iter().map(payment).collect())
}

/// Of all claims of one order.
pub fn list_of_order(
    conn: &mut DbConnection,
    order_no: &OrderNo,
) -> QueryResult<Vec<(ClaimNo, AdvancePayment)>> {
    let rows: Vec<(ClaimNo, Row)> = claim_pay::table
        .inner_join(claim::table)
        .filter(claim::ord_no.eq(order_no.as_str()))
        .order(claim_pay::pay_no)
        .select((
            claim_pay::claim_no,
            (claim_pay::pay_no, claim_pay::pay_means_cd, claim_pay::pay_amt, claim_pay::pay_key),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(claim_no, row)| (claim_no, payment(row))).collect())
}

/// Whether a payment was made for a return or an exchange, whatever became of it.
pub fn is_used(conn: &mut DbConnection, provider_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(claim_pay::table.filter(claim_pay::pay_key.eq(provider_key))))
        .get_result(conn)
}

/// The provider's name of a payment.
pub fn find_key(conn: &mut DbConnection, payment_no: &PaymentNo) -> QueryResult<Option<String>> {
    claim_pay::table.find(payment_no).select(claim_pay::pay_key).first(conn).optional()
}

/// Notes that a payment had paid for this order before, or for a claim of it.
pub fn note_other_order(
    conn: &mut DbConnection,
    payment_no: &PaymentNo,
    other: &OrderNo,
) -> QueryResult<usize> {
    diesel::update(claim_pay::table.find(payment_no))
        .set(claim_pay::othr_ord_no.eq(other.as_str()))
        .execute(conn)
}

type AuditedRow = (PaymentNo, ClaimNo, OrderNo, ClaimStatus, Won, String, Option<OrderNo>);

/// Those of all claims behind a payment number, as they are compared across orders. What went back of one that was not all given
/// back is for who knows the order's claims to say.
pub fn list_after(
    conn: &mut DbConnection,
    after: Option<&PaymentNo>,
    limit: i64,
) -> QueryResult<Vec<PaidInAddition>> {
    let rows: Vec<AuditedRow> = claim_pay::table
        .inner_join(claim::table)
        .filter(claim_pay::pay_no.gt(after.map_or("", PaymentNo::as_str)))
        .order(claim_pay::pay_no)
        .limit(limit)
        .select((
            claim_pay::pay_no,
            claim_pay::claim_no,
            claim::ord_no,
            claim::claim_stat_cd,
            claim_pay::pay_amt,
            claim_pay::pay_key,
            claim_pay::othr_ord_no,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(payment_no, claim_no, order_no, status, amount, provider_key, other_order)| PaidInAddition {
            claim_no,
            payment_no,
            order_no,
            provider_key,
            amount,
            returned: if status == ClaimStatus::Rejected { amount } else { Won::ZERO },
            other_order,
        })
        .collect())
}
