//! 클레임 현황: what claim-service has told of the claims of orders.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimStage, ClaimStatus, ClaimType, ItemNo, OrderNo};
use db::DbConnection;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Nullable, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::schema::ord_claim_stat;
use crate::domain::claim_standing::{ClaimStanding, StandingGoods};

// What comes late finds the claim further on.
db::insert_rows! {
    struct NewRow<'a> into "ord_claim_stat" {
        claim_no: &'a str = Text,
        ord_no: &'a str = Text,
        claim_business_type: &'static str = Text,
        claim_stat_cd: &'static str = Text,
        claim_stg_cd: &'static str = Text,
        req_dtm: NaiveDateTime = Timestamp,
        mv_dtm: Option<NaiveDateTime> = Nullable<Timestamp>,
        goods_doc: &'a str = Text,
    }
    then "ON CONFLICT (claim_no) DO UPDATE SET claim_stat_cd = excluded.claim_stat_cd, \
        claim_stg_cd = excluded.claim_stg_cd, mv_dtm = excluded.mv_dtm, goods_doc = excluded.goods_doc \
        WHERE ord_claim_stat.claim_stg_cd <= excluded.claim_stg_cd"
}

/// A row of `goods_doc`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goods {
    ord_seq: i32,
    itm_no: Option<ItemNo>,
    exch: Option<(ItemNo, String)>,
    take_qty: i64,
    hold_qty: i64,
    acpt_qty: i64,
}

/// Notes where claims stand, each of them once among `claims`.
pub fn note(conn: &mut DbConnection, claims: &[ClaimStanding]) -> QueryResult<()> {
    let documents: Vec<String> = claims.iter().map(document).collect::<QueryResult<_>>()?;
    let mut rows: Vec<NewRow<'_>> = claims
        .iter()
        .zip(&documents)
        .map(|(claim, document)| NewRow {
            claim_no: claim.claim_no.as_str(),
            ord_no: claim.order_no.as_str(),
            claim_business_type: claim.claim_type.code(),
            claim_stat_cd: claim.status.code(),
            claim_stg_cd: claim.stage.code(),
            req_dtm: claim.requested_at.naive_utc(),
            mv_dtm: claim.moved_at.map(|at| at.naive_utc()),
            goods_doc: document,
        })
        .collect();
    // Always in the same order, so that two who tell of the same claims never wait for each other in a circle.
    rows.sort_by_key(|row| row.claim_no);
    NewRow::insert_all(conn, &rows).map(drop)
}

fn document(claim: &ClaimStanding) -> QueryResult<String> {
    let goods: Vec<Goods> = claim
        .goods
        .iter()
        .map(|one| Goods {
            ord_seq: one.line_seq,
            itm_no: one.item_no.clone(),
            exch: one.exchanged_for.clone(),
            take_qty: one.taken,
            hold_qty: one.held,
            acpt_qty: one.accepted,
        })
        .collect();
    serde_json::to_string(&goods).map_err(|error| QueryError::SerializationError(error.into()))
}

/// By order, in the order of their requests.
pub fn find_of_orders(
    conn: &mut DbConnection,
    order_nos: &[&str],
) -> QueryResult<HashMap<OrderNo, Vec<ClaimStanding>>> {
    type Row =
        (ClaimNo, OrderNo, ClaimType, ClaimStatus, ClaimStage, NaiveDateTime, Option<NaiveDateTime>, String);
    let rows: Vec<Row> = ord_claim_stat::table
        .filter(ord_claim_stat::ord_no.eq_any(order_nos))
        .order((ord_claim_stat::ord_no, ord_claim_stat::req_dtm, ord_claim_stat::claim_no))
        .load(conn)?;
    let mut found: HashMap<OrderNo, Vec<ClaimStanding>> = HashMap::new();
    for (claim_no, order_no, claim_type, status, stage, requested_at, moved_at, goods) in rows {
        let goods: Vec<Goods> =
            serde_json::from_str(&goods).map_err(|error| QueryError::DeserializationError(error.into()))?;
        found.entry(order_no.clone()).or_default().push(ClaimStanding {
            claim_no,
            order_no,
            claim_type,
            status,
            stage,
            requested_at: requested_at.and_utc(),
            moved_at: moved_at.map(|at| at.and_utc()),
            goods: goods
                .into_iter()
                .map(|one| StandingGoods {
                    line_seq: one.ord_seq,
                    item_no: one.itm_no,
                    exchanged_for: one.exch,
                    taken: one.take_qty,
                    held: one.hold_qty,
                    accepted: one.acpt_qty,
                })
                .collect(),
        });
    }
    Ok(found)
}
