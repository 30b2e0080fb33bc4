//! 진행현황: how many returns and exchanges stand where.

use chrono::NaiveDate;
use commerce::{ClaimType, ReturnProgress};
use db::DbConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::collection::CollectionKind;
use crate::store::schema::{claim, claim_rtn};

/// So many of a kind that stand in one state; none of states nobody is in.
pub fn count(
    conn: &mut DbConnection,
    states: &[ReturnProgress],
) -> QueryResult<Vec<(CollectionKind, ReturnProgress, u64)>> {
    let rows: Vec<(ClaimType, ReturnProgress, i64)> = claim_rtn::table
        .inner_join(claim::table)
        .filter(claim_rtn::ord_dtl_stat_cd.eq_any(states.iter().copied()))
        .group_by((claim::claim_business_type, claim_rtn::ord_dtl_stat_cd))
        .select((claim::claim_business_type, claim_rtn::ord_dtl_stat_cd, count_star()))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|(of, state, count)| Some((CollectionKind::of(of)?, state, u64::try_from(count).ok()?)))
        .collect())
}

/// 환불기한: returns whose goods are here and that are not settled, due on these days, both included.
pub fn count_due(conn: &mut DbConnection, (from, to): (Option<NaiveDate>, NaiveDate)) -> QueryResult<u64> {
    let here = [ReturnProgress::Collected, ReturnProgress::OnHold];
    let due =
        claim_rtn::table.filter(claim_rtn::ord_dtl_stat_cd.eq_any(here)).filter(claim_rtn::rfd_due_dt.le(to));
    let count: i64 = match from {
        Some(from) => due.filter(claim_rtn::rfd_due_dt.ge(from)).count().get_result(conn)?,
        None => due.count().get_result(conn)?,
    };
    Ok(u64::try_from(count).unwrap_or(0))
}
