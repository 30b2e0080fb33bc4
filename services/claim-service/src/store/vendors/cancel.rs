//! 협력사 취소내역: the lines of one vendor among all claims.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, CostKind, OrderNo, Won};
use db::{DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::domain::vendors::cancel::{CancelledLine, ClaimContext, VendorQuery};
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::{claim, claim_cost, claim_line};

type Row =
    (ClaimNo, OrderNo, i32, i64, Option<i64>, Option<NaiveDateTime>, Option<ClaimReason>, Option<String>);

/// The query, whose type nobody can write down.
macro_rules! wanted {
    ($vendor_no:expr, $query:expr, $limit:expr) => {{
        let of_vendor = claim_line::table
            .inner_join(claim::table)
            .filter(claim_line::entr_no.eq($vendor_no))
            .filter(claim_line::cmpl_dtm.is_not_null())
            .filter(claim::claim_business_type.eq(ClaimType::Cancel))
            .filter(claim::claim_stat_cd.eq(ClaimStatus::Complete))
            .order((claim_line::cmpl_dtm, claim_line::claim_no, claim_line::ord_seq))
            .limit($limit)
            .select((
                claim_line::claim_no,
                claim::ord_no,
                claim_line::ord_seq,
                claim_line::claim_qty,
                claim_line::rmn_qty,
                claim_line::cmpl_dtm,
                claim::claim_rsn_cd,
                claim::claim_rsn_cntt,
            ))
            .into_boxed::<DbBackend>();
        match $query {
            VendorQuery::Period(period) => of_vendor
                .filter(claim_line::cmpl_dtm.ge(period.from.naive_utc()))
                .filter(claim_line::cmpl_dtm.lt(period.until.naive_utc())),
            VendorQuery::Order { number, line_seqs: None } => {
                of_vendor.filter(claim::ord_no.eq(number.as_str()))
            }
            VendorQuery::Order { number, line_seqs: Some(seqs) } => of_vendor
                .filter(claim::ord_no.eq(number.as_str()))
                .filter(claim_line::ord_seq.eq_any(seqs.clone())),
        }
    }};
}

// After the macro, which only what follows it can see.
#[cfg(all(test, feature = "postgres"))]
mod plan;

/// Lines of complete cancels, by completion; at most `limit`.
pub fn find(
    conn: &mut DbConnection,
    vendor_no: &str,
    query: &VendorQuery,
    limit: i64,
) -> QueryResult<Vec<CancelledLine>> {
    let rows: Vec<Row> = wanted!(vendor_no, query, limit).load(conn)?;
    rows.into_iter().map(cancelled_line).collect()
}

fn cancelled_line(row: Row) -> QueryResult<CancelledLine> {
    let (claim_no, order_no, line_seq, quantity, left_before, completed_at, reason, reason_text) = row;
    let (Some(left_before), Some(completed_at), Some(reason)) = (left_before, completed_at, reason) else {
        let text = format!("claim `{claim_no}` lacks what its vendor is shown");
        return Err(QueryError::DeserializationError(text.into()));
    };
    let completed_at = completed_at.and_utc();
    Ok(CancelledLine {
        claim_no,
        order_no,
        line_seq,
        quantity,
        left_before,
        completed_at,
        reason,
        reason_text,
    })
}

/// What the rows of these claims need to know of the whole claim.
pub fn find_contexts(
    conn: &mut DbConnection,
    numbers: &[ClaimNo],
) -> QueryResult<HashMap<ClaimNo, ClaimContext>> {
    let mut contexts: HashMap<ClaimNo, ClaimContext> = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(ClaimNo::as_str).collect();
        let lines: Vec<(ClaimNo, i32)> = claim_line::table
            .filter(claim_line::claim_no.eq_any(batch.clone()))
            .select((claim_line::claim_no, claim_line::ord_seq))
            .load(conn)?;
        for (claim_no, line_seq) in lines {
            contexts.entry(claim_no).or_default().line_seqs.push(line_seq);
        }
        let costs: Vec<(ClaimNo, Option<i32>, Won)> = claim_cost::table
            .filter(claim_cost::claim_no.eq_any(batch))
            .filter(claim_cost::ord_cost_gb_cd.eq(CostKind::DeliveryFee))
            .select((claim_cost::claim_no, claim_cost::deli_grp_no, claim_cost::amt))
            .load(conn)?;
        for (claim_no, group_no, amount) in costs {
            let Some(group_no) = group_no else { continue };
            let sum =
                contexts.entry(claim_no).or_default().delivery_costs.entry(group_no).or_insert(Won::ZERO);
            *sum = sum.checked_add(amount).ok_or_else(|| {
                QueryError::DeserializationError("the delivery costs of a claim do not add up".into())
            })?;
        }
    }
    Ok(contexts)
}
