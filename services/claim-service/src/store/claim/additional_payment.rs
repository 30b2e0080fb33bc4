//! 추가결제: what customers paid for claims.

use commerce::{ClaimNo, OrderNo, Won};
use db::DbConnection;
use diesel::prelude::*;

use crate::domain::audit::payment::PaidInAddition;
use crate::domain::saga::Decision;
use crate::store::claim::cost::cost_of;
use crate::store::claim::standing::code_of;
use crate::store::schema::claim;

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    claim_no: ClaimNo,
    ord_no: OrderNo,
    dcsn_cd: Option<String>,
    cost_doc: Option<String>,
    add_pay_key: Option<String>,
    add_pay_othr_ord_no: Option<OrderNo>,
}

impl Row {
    fn into_payment(self) -> QueryResult<Option<PaidInAddition>> {
        let (Some(provider_key), Some(cost)) = (self.add_pay_key, self.cost_doc) else { return Ok(None) };
        let amount = cost_of(&cost)?.additional_payment;
        let is_rejected = self.dcsn_cd.as_deref() == Some(code_of(Decision::Rejected));
        Ok(Some(PaidInAddition {
            payment_no: self.claim_no.clone().into(),
            claim_no: self.claim_no,
            order_no: self.ord_no,
            provider_key,
            amount,
            returned: if is_rejected { amount } else { Won::ZERO },
            other_order: self.add_pay_othr_ord_no,
        }))
    }
}

/// What was paid for a claim; none where nothing was.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<PaidInAddition>> {
    let row = claim::table.find(claim_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    row.map_or(Ok(None), Row::into_payment)
}

/// Those of claims after a number, in the order of their numbers.
pub fn list_after(
    conn: &mut DbConnection,
    after: Option<&ClaimNo>,
    limit: i64,
) -> QueryResult<Vec<PaidInAddition>> {
    let rows: Vec<Row> = claim::table
        .filter(claim::add_pay_key.is_not_null())
        .filter(claim::claim_no.gt(after.map_or("", ClaimNo::as_str)))
        .order(claim::claim_no)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().filter_map(|row| row.into_payment().transpose()).collect()
}

/// Whether a payment settled a claim already, whatever became of it.
pub fn is_used(conn: &mut DbConnection, provider_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(claim::table.filter(claim::add_pay_key.eq(provider_key))))
        .get_result(conn)
}

/// The provider's name of what was paid for a claim.
pub fn find_key(conn: &mut DbConnection, claim_no: &str) -> QueryResult<Option<String>> {
    let key: Option<Option<String>> =
        claim::table.find(claim_no).select(claim::add_pay_key).first(conn).optional()?;
    Ok(key.flatten())
}

/// Notes that the payment of a claim had paid for this order before, or for a claim of it.
pub fn note_other_order(conn: &mut DbConnection, claim_no: &ClaimNo, other: &OrderNo) -> QueryResult<usize> {
    diesel::update(claim::table.find(claim_no.as_str()))
        .set(claim::add_pay_othr_ord_no.eq(other.as_str()))
        .execute(conn)
}
