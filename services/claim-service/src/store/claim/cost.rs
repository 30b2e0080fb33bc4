//! 클레임비용

use commerce::{ClaimNo, CostBearer, CostKind, CouponIssueNo, PromotionNo, Won};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::domain::money::{ClaimCost, CostRow};
use crate::domain::order::DiscountId;
use crate::store::from_text;
use crate::store::schema::claim_cost;

db::insert_rows! {
    struct NewRow<'a> into "claim_cost" {
        claim_no: &'a str = Text,
        cost_seq: i32 = Integer,
        ord_cost_gb_cd: &'static str = Text,
        deli_grp_no: Option<i32> = Nullable<Integer>,
        ord_seq: Option<i32> = Nullable<Integer>,
        promo_no: Option<&'a str> = Nullable<Text>,
        cpn_isu_no: Option<&'a str> = Nullable<Text>,
        amt: Won = BigInt,
        chrg_sub_cd: &'static str = Text,
    }
}

pub(in crate::store) fn insert(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    costs: &[CostRow],
) -> QueryResult<()> {
    let rows: Vec<NewRow<'_>> = costs.iter().map(|cost| new_row(claim_no.as_str(), cost)).collect();
    NewRow::insert_all(conn, &rows).map(drop)
}

fn new_row<'a>(claim_no: &'a str, cost: &'a CostRow) -> NewRow<'a> {
    let discount = cost.discount.as_ref();
    NewRow {
        claim_no,
        cost_seq: cost.seq,
        ord_cost_gb_cd: cost.kind.code(),
        deli_grp_no: cost.group_no,
        ord_seq: cost.line_seq,
        promo_no: discount.map(|discount| discount.promotion_no.as_str()),
        cpn_isu_no: discount.and_then(|discount| discount.coupon_no.as_ref()).map(|no| no.as_str()),
        amt: cost.amount,
        chrg_sub_cd: cost.bearer.code(),
    }
}

pub(in crate::store) fn delete(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    diesel::delete(claim_cost::table.filter(claim_cost::claim_no.eq(claim_no.as_str()))).execute(conn)
}

/// A cost kept with a claim.
pub(in crate::store) fn cost_of(text: &str) -> QueryResult<ClaimCost> {
    from_text(text)
}

type KeptRow =
    (i32, CostKind, Option<i32>, Option<i32>, Option<PromotionNo>, Option<CouponIssueNo>, Won, CostBearer);

/// The rows of its cost as they are kept.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<CostRow>> {
    let rows: Vec<KeptRow> = claim_cost::table
        .filter(claim_cost::claim_no.eq(claim_no.as_str()))
        .order(claim_cost::cost_seq)
        .select((
            claim_cost::cost_seq,
            claim_cost::ord_cost_gb_cd,
            claim_cost::deli_grp_no,
            claim_cost::ord_seq,
            claim_cost::promo_no,
            claim_cost::cpn_isu_no,
            claim_cost::amt,
            claim_cost::chrg_sub_cd,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(seq, kind, group_no, line_seq, promotion_no, coupon_no, amount, bearer)| CostRow {
            seq,
            kind,
            group_no,
            line_seq,
            discount: promotion_no.map(|promotion_no| DiscountId { promotion_no, coupon_no }),
            amount,
            bearer,
        })
        .collect())
}
