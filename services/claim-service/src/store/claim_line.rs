//! 클레임상품

use std::collections::HashMap;

use commerce::{ClaimNo, ClaimStatus, ClaimType, OrderNo, PayMeans};
use db::DbConnection;
use diesel::prelude::*;

use crate::domain::claim_history::ClaimHistory;
use crate::store::cancel_claim::cost_of;
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::{claim, claim_line};

/// What the claims of each order have left behind; orders without a claim are left out.
///
/// Cancels and returns hold units unless they were rejected; option changes and exchanges hold none. Of a cancel of
/// our own everything it cost is known, of a claim another system took only its units.
pub fn find_history(
    conn: &mut DbConnection,
    numbers: &[OrderNo],
) -> QueryResult<HashMap<OrderNo, ClaimHistory>> {
    let holding: Vec<ClaimType> = ClaimType::ALL.iter().copied().filter(|one| one.takes_quantity()).collect();
    let mut histories: HashMap<OrderNo, ClaimHistory> = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let cancels: Vec<(OrderNo, ClaimNo, Option<String>, Option<PayMeans>)> = claim::table
            .filter(claim::ord_no.eq_any(batch.clone()))
            .filter(claim::cost_doc.is_not_null())
            .filter(claim::claim_stat_cd.ne(ClaimStatus::Rejected))
            .order(claim::claim_no)
            .select((claim::ord_no, claim::claim_no, claim::cost_doc, claim::add_pay_means_cd))
            .load(conn)?;
        for (order_no, claim_no, cost, paid_with) in cancels {
            let Some(cost) = cost else { continue };
            histories.entry(order_no).or_default().record(&claim_no, &cost_of(&cost)?, paid_with);
        }
        let rows: Vec<(OrderNo, i32, i64)> = claim_line::table
            .inner_join(claim::table)
            .filter(claim::ord_no.eq_any(batch))
            .filter(claim::claim_business_type.eq_any(holding.clone()))
            .filter(claim::cost_doc.is_null())
            .filter(claim::claim_stat_cd.ne(ClaimStatus::Rejected))
            .order((claim_line::claim_no, claim_line::ord_seq))
            .select((claim::ord_no, claim_line::ord_seq, claim_line::claim_qty))
            .load(conn)?;
        for (order_no, line_seq, quantity) in rows {
            histories.entry(order_no).or_default().add_claimed(line_seq, quantity);
        }
    }
    Ok(histories)
}
