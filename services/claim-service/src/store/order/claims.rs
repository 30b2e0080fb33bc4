//! 주문의 클레임: everything an order's next claim must know of those before it, read at once.

use std::collections::{HashMap, HashSet};

use commerce::{ClaimNo, ClaimStatus, ClaimType, ItemNo, OrderNo, PayMeans, Yn};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text};

use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::domain::history::{AdditionalPayment, ClaimHistory};
use crate::domain::saga::Decision;
use crate::store;
use crate::store::claim::cost::cost_of;
use crate::store::claim::standing::code_of;
use crate::store::schema::{claim, claim_line};

/// 클레임 현황 of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderClaims {
    /// What those that were not rejected have left behind.
    pub history: ClaimHistory,
    /// Whether the order has not decided on one of them yet.
    pub is_undecided: bool,
    /// Returns and exchanges of ours, by request; those that have ended are among them.
    pub collections: Vec<CollectionClaim>,
    /// The item each line holds after its confirmed changes; lines that were never changed are left out.
    pub held_items: HashMap<i32, ItemNo>,
}

type Row = (
    ClaimNo,
    ClaimType,
    ClaimStatus,
    Yn,
    Option<String>,
    Option<String>,
    Option<PayMeans>,
    Option<i32>,
    Option<ItemNo>,
);

/// Cancels and returns count as claimed unless they were rejected, returns of ours once they are settled; option changes and
/// exchanges don't. Of a claim of our own everything it cost is known, of one another system took only its units.
///
/// Two statements, and four more where goods travel: who needs them of one moment holds the order locked, or reads a snapshot.
pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<OrderClaims> {
    let rows: Vec<Row> = FindClaims { order_no: order_no.as_str() }.load(conn)?;
    let mut found = OrderClaims::default();
    let mut imported = HashSet::new();
    let mut costs = HashMap::new();
    for row in rows {
        let (claim_no, claim_type, status, is_imported, decision, cost, paid_with, changed_line, changed_to) =
            row;
        found.is_undecided |= decision.as_deref() == Some(code_of(Decision::Undecided));
        if let (Some(line_seq), Some(item_no)) = (changed_line, changed_to)
            && decision.as_deref() == Some(code_of(Decision::Confirmed))
        {
            found.held_items.insert(line_seq, item_no);
        }
        if CollectionKind::of(claim_type).is_some() && is_imported == Yn::No {
            costs.insert(claim_no, cost);
            continue;
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
        let lines: Vec<(ClaimNo, i32, i64)> = claim_line::table
            .inner_join(claim::table)
            .filter(claim::rcv_yn.eq(Yn::Yes))
            .filter(claim::ord_no.eq(order_no))
            .order((claim_line::claim_no, claim_line::ord_seq))
            .select((claim_line::claim_no, claim_line::ord_seq, claim_line::claim_qty))
            .load(conn)?;
        for (_, line_seq, quantity) in lines.into_iter().filter(|(no, ..)| imported.contains(no)) {
            found.history.add_claimed(line_seq, quantity);
        }
    }
    if !costs.is_empty() {
        found.collections = store::collection::list_of_order(conn, order_no)?;
        let payments = store::collection::payment::list_of_order(conn, order_no)?;
        record_collections(&mut found.history, &found.collections, &costs, &payments)?;
    }
    Ok(found)
}

/// Takes in what returns and exchanges have left behind once their cost is final, and what they hold until then.
fn record_collections(
    history: &mut ClaimHistory,
    claims: &[CollectionClaim],
    costs: &HashMap<ClaimNo, Option<String>>,
    payments: &[(ClaimNo, AdvancePayment)],
) -> QueryResult<()> {
    for claim in claims.iter().filter(|claim| claim.standing.status != ClaimStatus::Rejected) {
        let paid: Vec<AdditionalPayment> = payments
            .iter()
            .filter(|(claim_no, _)| *claim_no == claim.claim_no)
            .map(|(_, paid)| paid.as_additional())
            .collect();
        let cost = costs.get(&claim.claim_no).and_then(Option::as_deref);
        match (claim.kind, cost.filter(|_| claim.standing.final_at.is_some())) {
            (CollectionKind::Return, Some(cost)) => history.record_return(&cost_of(cost)?, &paid),
            (CollectionKind::Exchange, Some(cost)) => history.record_exchange(&cost_of(cost)?, &paid),
            (_, None) => paid.into_iter().for_each(|payment| history.add_held_payment(payment)),
        }
        for goods in claim.goods.iter().filter(|_| claim.holds_units()) {
            history.add_held(goods.line_seq, goods.item_no.clone(), claim.held(goods));
        }
    }
    Ok(())
}

// Later changes of a line come later. On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct FindClaims<'a> {
        order_no: &'a str = Text,
    } -> (Text, Text, Text, Text, Nullable<Text>, Nullable<Text>, Nullable<Text>, Nullable<Integer>, Nullable<Text>)
    sql {
        "SELECT c.claim_no, c.claim_business_type, c.claim_stat_cd, c.rcv_yn, c.dcsn_cd, c.cost_doc, c.add_pay_means_cd, \
         o.ord_seq, o.itm_no FROM claim c LEFT JOIN claim_opt o ON o.claim_no = c.claim_no WHERE c.ord_no = " {order_no}
        " ORDER BY c.req_dtm, c.claim_no"
    }
}
