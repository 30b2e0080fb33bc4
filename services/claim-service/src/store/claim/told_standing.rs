//! 클레임 현황 전달: of which claims member-service has not heard where they stand. As with what it counts, that is written nowhere: what
//! the claim's own row says is not what was told.

#[cfg(all(test, feature = "postgres"))]
mod plan;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimStatus, ClaimType, ItemNo, OrderNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::domain::claim_standing::{ClaimStanding, ClaimedUnits, StandingClaim};
use crate::store::schema::{claim_line, claim_rtn_goods};

/// So many claims at most that are to be told of, in the order of their numbers. Several statements: read them in one snapshot.
pub fn list_untold(conn: &mut DbConnection, limit: usize) -> QueryResult<Vec<ClaimStanding>> {
    type Row = (
        ClaimNo,
        OrderNo,
        ClaimType,
        Yn,
        ClaimStatus,
        NaiveDateTime,
        Option<NaiveDateTime>,
        Option<NaiveDateTime>,
    );
    let rows: Vec<Row> = ListUntold { limit: of_rows(limit) }.load(conn)?;
    let claims: Vec<StandingClaim> = rows
        .into_iter()
        .map(|(number, order_no, claim_type, is_imported, status, requested_at, final_at, delivered_at)| {
            StandingClaim {
                number,
                order_no,
                claim_type,
                is_imported: is_imported.is_yes(),
                status,
                requested_at: requested_at.and_utc(),
                final_at: final_at.map(|at| at.and_utc()),
                delivered_at: delivered_at.map(|at| at.and_utc()),
            }
        })
        .collect();
    let mut goods = goods(conn, &claims)?;
    let goods_of = |claim: &StandingClaim| goods.remove(&claim.number).unwrap_or_default();
    let with_goods: Vec<_> = claims.iter().map(goods_of).collect();
    Ok(claims.into_iter().zip(with_goods).map(|(claim, goods)| claim.standing(goods)).collect())
}

fn goods(
    conn: &mut DbConnection,
    claims: &[StandingClaim],
) -> QueryResult<HashMap<ClaimNo, Vec<ClaimedUnits>>> {
    let (collections, others): (Vec<&StandingClaim>, Vec<&StandingClaim>) =
        claims.iter().partition(|claim| claim.collection().is_some());
    let numbers = |claims: Vec<&StandingClaim>| -> Vec<String> {
        claims.iter().map(|claim| claim.number.to_string()).collect()
    };
    let mut goods: HashMap<ClaimNo, Vec<ClaimedUnits>> = HashMap::new();
    if !others.is_empty() {
        let lines: Vec<(ClaimNo, i32, i64)> = claim_line::table
            .filter(claim_line::claim_no.eq_any(numbers(others)))
            .order((claim_line::claim_no, claim_line::ord_seq))
            .select((claim_line::claim_no, claim_line::ord_seq, claim_line::claim_qty))
            .load(conn)?;
        for (claim_no, line_seq, quantity) in lines {
            let units =
                ClaimedUnits { line_seq, item_no: None, exchanged_for: None, quantity, accepted: None };
            goods.entry(claim_no).or_default().push(units);
        }
    }
    if !collections.is_empty() {
        type Row = (ClaimNo, i32, ItemNo, Option<ItemNo>, Option<String>, i64, Option<i64>);
        let rows: Vec<Row> = claim_rtn_goods::table
            .filter(claim_rtn_goods::claim_no.eq_any(numbers(collections)))
            .order((claim_rtn_goods::claim_no, claim_rtn_goods::ord_seq, claim_rtn_goods::itm_no))
            .select((
                claim_rtn_goods::claim_no,
                claim_rtn_goods::ord_seq,
                claim_rtn_goods::itm_no,
                claim_rtn_goods::exch_itm_no,
                claim_rtn_goods::exch_itm_nm,
                claim_rtn_goods::claim_qty,
                claim_rtn_goods::acpt_qty,
            ))
            .load(conn)?;
        for (claim_no, line_seq, item_no, exchanged_for, exchanged_name, quantity, accepted) in rows {
            goods.entry(claim_no).or_default().push(ClaimedUnits {
                line_seq,
                item_no: Some(item_no),
                exchanged_for: exchanged_for.map(|item_no| (item_no, exchanged_name.unwrap_or_default())),
                quantity,
                accepted,
            });
        }
    }
    Ok(goods)
}

/// How many claims are to be told of, up to a limit.
pub fn count_untold(conn: &mut DbConnection, limit: usize) -> QueryResult<u64> {
    let numbers: Vec<(ClaimNo,)> = CountUntold { limit: of_rows(limit) }.load(conn)?;
    Ok(u64::try_from(numbers.len()).unwrap_or(u64::MAX))
}

/// Puts down what was told of each; one that has moved meanwhile is to be told of again. In the order of their numbers, so that
/// nobody who writes several claims waits for another in a circle.
pub fn put_told(conn: &mut DbConnection, claims: &[ClaimStanding]) -> QueryResult<()> {
    for ClaimStanding { claim, .. } in claims {
        let final_mark = if claim.final_at.is_some() { "S" } else { "" };
        let told = format!("{}{final_mark}", claim.status.code());
        PutTold { told: &told, claim_no: claim.number.as_str() }.execute(conn)?;
    }
    Ok(())
}

fn of_rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

// The index holds what these words ask for and no others.
db::statement! {
    struct ListUntold {
        limit: i64 = BigInt,
    } -> (Text, Text, Text, Text, Text, Timestamp, Nullable<Timestamp>, Nullable<Timestamp>)
    sql {
        "SELECT c.claim_no, c.ord_no, c.claim_business_type, c.rcv_yn, c.claim_stat_cd, c.req_dtm, c.stl_dtm, r.deli_fnsh_dtm          FROM claim c LEFT JOIN claim_rtn r ON r.claim_no = c.claim_no WHERE c.told_ord_cd <> c.claim_stat_cd ||          CASE WHEN c.stl_dtm IS NULL THEN '' ELSE 'S' END ORDER BY c.claim_no LIMIT " {limit}
    }
}

db::statement! {
    struct CountUntold {
        limit: i64 = BigInt,
    } -> (Text)
    sql {
        "SELECT claim_no FROM claim WHERE told_ord_cd <> claim_stat_cd ||          CASE WHEN stl_dtm IS NULL THEN '' ELSE 'S' END ORDER BY claim_no LIMIT " {limit}
    }
}

db::statement! {
    struct PutTold<'a> {
        told: &'a str = Text,
        claim_no: &'a str = Text,
    }
    sql { "UPDATE claim SET told_ord_cd = " {told} " WHERE claim_no = " {claim_no} }
}
