//! 협력사 회수대상: the goods of one vendor among all returns and exchanges of ours.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, CollectionMethod, CostBearer, CostKind, EndReason,
    ItemNo, OrderNo, RejectReason, ReturnProgress, SagaStep, Won,
};
use db::{DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::domain::collection::{CollectionKind, Invoice, Rejection, Standing, Times};
use crate::domain::vendors::exchange_target::{TargetClaim, TargetContext, TargetGoods, TargetQuery};
use crate::store::ROWS_PER_STATEMENT;
use crate::store::claim::standing::decision_of;
use crate::store::collection::goods;
use crate::store::schema::{claim, claim_cost, claim_rtn, claim_rtn_goods, claim_task};

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct ClaimRow {
    claim_no: ClaimNo,
    ord_no: OrderNo,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    cmpl_dtm: Option<NaiveDateTime>,
    claim_rsn_cd: Option<ClaimReason>,
    claim_rsn_cntt: Option<String>,
    dcsn_cd: Option<String>,
    stl_dtm: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim_rtn)]
struct CollectionRow {
    deli_grp_no: i32,
    ord_dtl_stat_cd: ReturnProgress,
    end_rsn_cd: Option<EndReason>,
    impt_div_cd: Blame,
    wthd_mthd_cd: CollectionMethod,
    hdc_cd: Option<String>,
    inv_no: Option<String>,
    rjt_rsn_cd: Option<RejectReason>,
    rjt_rsn_cntt: Option<String>,
    wthd_dirc_dtm: Option<NaiveDateTime>,
    wthd_cnf_dtm: Option<NaiveDateTime>,
    wthd_fnsh_dtm: Option<NaiveDateTime>,
    wthd_dfr_dtm: Option<NaiveDateTime>,
    end_dtm: Option<NaiveDateTime>,
    ship_dtm: Option<NaiveDateTime>,
    deli_fnsh_dtm: Option<NaiveDateTime>,
}

// Which claims are asked for.
diesel::alias!(
    const ASKED: Alias<AskedClaim> = claim as asked_claim;
    const INSTRUCTED: Alias<InstructedClaim> = claim_rtn as instructed_claim;
);

/// The query, whose type nobody can write down. What another system took has no row in `claim_rtn`.
macro_rules! wanted {
    ($vendor_no:expr, $query:expr, $limit:expr) => {{
        let of_vendor = claim_rtn_goods::table
            .inner_join(claim::table.inner_join(claim_rtn::table))
            .filter(claim_rtn_goods::entr_no.eq($vendor_no))
            .filter(claim_rtn::wthd_dirc_dtm.is_not_null())
            .order((
                claim_rtn::wthd_dirc_dtm,
                claim_rtn_goods::claim_no,
                claim_rtn_goods::ord_seq,
                claim_rtn_goods::itm_no,
            ))
            .limit($limit)
            .select((
                ClaimRow::as_select(),
                CollectionRow::as_select(),
                goods::Row::as_select(),
                claim_rtn_goods::rmn_qty,
            ))
            .into_boxed::<DbBackend>();
        // Which claims comes first: SQLite, which keeps no statistics, would else read all that ever came back of the vendor.
        match $query {
            TargetQuery::Period { period, kinds } => of_vendor
                .filter(
                    claim_rtn_goods::claim_no.eq_any(
                        INSTRUCTED
                            .filter(INSTRUCTED.field(claim_rtn::wthd_dirc_dtm).ge(period.from.naive_utc()))
                            .filter(INSTRUCTED.field(claim_rtn::wthd_dirc_dtm).lt(period.until.naive_utc()))
                            .select(INSTRUCTED.field(claim_rtn::claim_no)),
                    ),
                )
                .filter(claim::claim_business_type.eq_any(kinds.iter().map(|kind| kind.claim_type()))),
            TargetQuery::Order(number) => of_vendor.filter(
                claim_rtn_goods::claim_no.eq_any(
                    ASKED
                        .filter(ASKED.field(claim::ord_no).eq(number.as_str()))
                        .select(ASKED.field(claim::claim_no)),
                ),
            ),
            TargetQuery::Claim(number) => of_vendor.filter(claim_rtn_goods::claim_no.eq(number.as_str())),
        }
    }};
}

// After the macro, which only what follows it can see.
#[cfg(test)]
mod plan;

/// Goods of claims whose collection was instructed, by that instant; at most `limit`.
pub fn find(
    conn: &mut DbConnection,
    vendor_no: &str,
    query: &TargetQuery,
    limit: i64,
) -> QueryResult<Vec<TargetGoods>> {
    let rows: Vec<(ClaimRow, CollectionRow, goods::Row, Option<i64>)> =
        wanted!(vendor_no, query, limit).load(conn)?;
    rows.into_iter().map(target_goods).collect()
}

fn target_goods(
    (head, row, goods, left_before): (ClaimRow, CollectionRow, goods::Row, Option<i64>),
) -> QueryResult<TargetGoods> {
    let utc = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
    let kind = CollectionKind::of(head.claim_business_type);
    let (Some(kind), Some(reason), Some(instructed_at)) = (kind, head.claim_rsn_cd, utc(row.wthd_dirc_dtm))
    else {
        let text = format!("claim `{}` lacks what its vendor is shown", head.claim_no);
        return Err(QueryError::DeserializationError(text.into()));
    };
    let claim = TargetClaim {
        claim_no: head.claim_no,
        order_no: head.ord_no,
        kind,
        reason,
        reason_text: head.claim_rsn_cntt,
        group_no: row.deli_grp_no,
        blame: row.impt_div_cd,
        method: row.wthd_mthd_cd,
        standing: Standing {
            progress: row.ord_dtl_stat_cd,
            end_reason: row.end_rsn_cd,
            status: head.claim_stat_cd,
            decision: head.dcsn_cd.as_deref().map(decision_of).transpose()?,
            final_at: utc(head.stl_dtm),
            completed_at: utc(head.cmpl_dtm),
        },
        way_back: row.hdc_cd.zip(row.inv_no).map(|(carrier, number)| Invoice { carrier, number }),
        rejection: row.rjt_rsn_cd.map(|reason| Rejection { reason, text: row.rjt_rsn_cntt }),
        times: Times {
            instructed: Some(instructed_at),
            collecting: utc(row.wthd_cnf_dtm),
            collected: utc(row.wthd_fnsh_dtm),
            held: utc(row.wthd_dfr_dtm),
            ended: utc(row.end_dtm),
            shipped: utc(row.ship_dtm),
            delivered: utc(row.deli_fnsh_dtm),
        },
    };
    Ok(TargetGoods { claim, instructed_at, goods: goods.into(), left_before })
}

/// What the rows of these claims need to know of the whole claim.
pub fn find_contexts(
    conn: &mut DbConnection,
    numbers: &[ClaimNo],
) -> QueryResult<HashMap<ClaimNo, TargetContext>> {
    let mut contexts: HashMap<ClaimNo, TargetContext> = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(ClaimNo::as_str).collect();
        let goods: Vec<(ClaimNo, i32, ItemNo)> = claim_rtn_goods::table
            .filter(claim_rtn_goods::claim_no.eq_any(batch.clone()))
            .select((claim_rtn_goods::claim_no, claim_rtn_goods::ord_seq, claim_rtn_goods::itm_no))
            .load(conn)?;
        for (claim_no, line_seq, item_no) in goods {
            let first = &mut contexts.entry(claim_no).or_default().first;
            let place = (line_seq, item_no);
            if first.as_ref().is_none_or(|first| place < *first) {
                *first = Some(place);
            }
        }
        let costs: Vec<(ClaimNo, CostKind, Won, CostBearer)> = claim_cost::table
            .filter(claim_cost::claim_no.eq_any(batch.clone()))
            .select((
                claim_cost::claim_no,
                claim_cost::ord_cost_gb_cd,
                claim_cost::amt,
                claim_cost::chrg_sub_cd,
            ))
            .load(conn)?;
        for (claim_no, kind, amount, bearer) in costs {
            add_cost(contexts.entry(claim_no).or_default(), kind, amount, bearer)?;
        }
        let open: Vec<ClaimNo> = claim_task::table
            .filter(claim_task::claim_no.eq_any(batch))
            .filter(claim_task::step_cd.eq(SagaStep::Refund.code()))
            .filter(claim_task::rslt_cd.is_null())
            .select(claim_task::claim_no)
            .load(conn)?;
        for claim_no in open {
            contexts.entry(claim_no).or_default().is_refund_open = true;
        }
    }
    Ok(contexts)
}

fn add_cost(context: &mut TargetContext, kind: CostKind, amount: Won, bearer: CostBearer) -> QueryResult<()> {
    let sum = match kind {
        CostKind::DeliveryFee => &mut context.delivery_cost,
        CostKind::ReturnFee => &mut context.return_fee,
        CostKind::ExchangeFee => &mut context.exchange_fee,
        CostKind::DiscountTakenBack | CostKind::GiftNotReturned | CostKind::Waived => return Ok(()),
    };
    *sum = sum
        .checked_add(amount)
        .ok_or_else(|| QueryError::DeserializationError("the costs of a return do not add up".into()))?;
    if kind != CostKind::DeliveryFee {
        context.fee_bearer = Some(bearer);
    }
    Ok(())
}

/// 교환단품명: what the items are called that lines of these orders hold since an exchange.
pub fn find_exchanged_names(
    conn: &mut DbConnection,
    numbers: &BTreeSet<OrderNo>,
) -> QueryResult<HashMap<(OrderNo, i32, ItemNo), String>> {
    let mut names = HashMap::new();
    let numbers: Vec<&str> = numbers.iter().map(OrderNo::as_str).collect();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let rows: Vec<(OrderNo, i32, Option<ItemNo>, Option<String>)> = claim_rtn_goods::table
            .inner_join(claim::table.inner_join(claim_rtn::table))
            .filter(claim::ord_no.eq_any(batch))
            .filter(claim_rtn::deli_fnsh_dtm.is_not_null())
            .order((claim_rtn::deli_fnsh_dtm, claim_rtn_goods::claim_no, claim_rtn_goods::ord_seq))
            .select((
                claim::ord_no,
                claim_rtn_goods::ord_seq,
                claim_rtn_goods::exch_itm_no,
                claim_rtn_goods::exch_itm_nm,
            ))
            .load(conn)?;
        for (order_no, line_seq, item_no, name) in rows {
            if let (Some(item_no), Some(name)) = (item_no, name) {
                names.entry((order_no, line_seq, item_no)).or_insert(name);
            }
        }
    }
    Ok(names)
}
