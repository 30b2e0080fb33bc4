//! 클레임상품

use std::collections::HashMap;

use commerce::{ClaimNo, OrderNo};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::domain::history::ClaimHistory;
use crate::store;
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::{claim, claim_line};

db::insert_rows! {
    struct NewRow<'a> into "claim_line" {
        claim_no: &'a str = Text,
        ord_seq: i32 = Integer,
        claim_qty: i64 = BigInt,
        entr_no: &'a str = Text,
        rmn_qty: i64 = BigInt,
    }
}

/// A claimed line as the vendors' view needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedLine {
    pub line_seq: i32,
    pub quantity: i64,
    pub vendor_no: String,
    /// What was left of the line before this claim.
    pub left_before: i64,
}

pub(super) fn insert(conn: &mut DbConnection, claim_no: &ClaimNo, lines: &[ClaimedLine]) -> QueryResult<()> {
    let rows: Vec<NewRow<'_>> = lines
        .iter()
        .map(|line| NewRow {
            claim_no: claim_no.as_str(),
            ord_seq: line.line_seq,
            claim_qty: line.quantity,
            entr_no: &line.vendor_no,
            rmn_qty: line.left_before,
        })
        .collect();
    NewRow::insert_all(conn, &rows).map(drop)
}

/// Units by line.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<(i32, i64)>> {
    claim_line::table
        .filter(claim_line::claim_no.eq(claim_no.as_str()))
        .order(claim_line::ord_seq)
        .select((claim_line::ord_seq, claim_line::claim_qty))
        .load(conn)
}

/// What the claims of each order have left behind; orders without a claim are left out. Orders come in hundreds here, and
/// claims of most are few.
pub fn find_history(
    conn: &mut DbConnection,
    numbers: &[OrderNo],
) -> QueryResult<HashMap<OrderNo, ClaimHistory>> {
    let mut histories = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let claimed: Vec<OrderNo> = claim::table
            .filter(claim::ord_no.eq_any(batch))
            .order(claim::ord_no)
            .select(claim::ord_no)
            .distinct()
            .load(conn)?;
        for order_no in claimed {
            let history = store::order::claims::find(conn, &order_no)?.history;
            histories.insert(order_no, history);
        }
    }
    Ok(histories)
}
