//! 주문의 클레임: everything an order's next claim must know of those before it, read at once.

use std::collections::{HashMap, HashSet};

use commerce::{ClaimNo, ClaimStatus, ClaimType, ItemNo, OrderNo, PayMeans};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::domain::cancel_saga::Decision;
use crate::domain::claim_history::ClaimHistory;
use crate::store::cancel_claim::{code_of, cost_of};

/// 클레임 현황 of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderClaims {
    /// What those that were not rejected have left behind.
    pub history: ClaimHistory,
    /// Whether the order has not decided on one of them yet.
    pub is_undecided: bool,
    /// The item each line holds after its confirmed changes; lines that were never changed are left out.
    pub held_items: HashMap<i32, ItemNo>,
}

type Row = (
    ClaimNo,
    ClaimType,
    ClaimStatus,
    Option<String>,
    Option<String>,
    Option<PayMeans>,
    Option<i32>,
    Option<ItemNo>,
);

/// Cancels and returns hold units unless they were rejected; option changes and exchanges hold none. Of a cancel of our own
/// everything it cost is known, of a claim another system took only its units.
///
/// Two statements at most: who needs them of one moment holds the order locked, or reads a snapshot.
pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<OrderClaims> {
    let rows: Vec<Row> = FindClaims { order_no: order_no.as_str() }.load(conn)?;
    let mut found = OrderClaims::default();
    let mut imported = HashSet::new();
    for (claim_no, claim_type, status, decision, cost, paid_with, changed_line, changed_to) in rows {
        found.is_undecided |= decision.as_deref() == Some(code_of(Decision::Undecided));
        if let (Some(line_seq), Some(item_no)) = (changed_line, changed_to)
            && decision.as_deref() == Some(code_of(Decision::Confirmed))
        {
            found.held_items.insert(line_seq, item_no);
        }
        if status == ClaimStatus::Rejected {
            continue;
        }
        match cost {
            Some(cost) => found.history.record(&claim_no, &cost_of(&cost)?, paid_with),
            None if claim_type.takes_quantity() => {
                imported.insert(claim_no);
            }
            None => {}
        }
    }
    if !imported.is_empty() {
        let lines: Vec<(ClaimNo, i32, i64)> = FindLines { order_no: order_no.as_str() }.load(conn)?;
        for (_, line_seq, quantity) in lines.into_iter().filter(|(no, ..)| imported.contains(no)) {
            found.history.add_claimed(line_seq, quantity);
        }
    }
    Ok(found)
}

// Later changes of a line come later.
db::statement! {
    struct FindClaims<'a> {
        order_no: &'a str = Text,
    } -> (Text, Text, Text, Nullable<Text>, Nullable<Text>, Nullable<Text>, Nullable<Integer>, Nullable<Text>)
    sql {
        "SELECT c.claim_no, c.claim_business_type, c.claim_stat_cd, c.dcsn_cd, c.cost_doc, c.add_pay_means_cd, \
         o.ord_seq, o.itm_no FROM claim c LEFT JOIN claim_opt o ON o.claim_no = c.claim_no WHERE c.ord_no = " {order_no}
        " ORDER BY c.req_dtm, c.claim_no"
    }
}

db::statement! {
    struct FindLines<'a> {
        order_no: &'a str = Text,
    } -> (Text, Integer, BigInt)
    sql {
        "SELECT l.claim_no, l.ord_seq, l.claim_qty FROM claim_line l JOIN claim c ON c.claim_no = l.claim_no \
         WHERE c.cost_doc IS NULL AND c.ord_no = " {order_no} " ORDER BY l.claim_no, l.ord_seq"
    }
}
