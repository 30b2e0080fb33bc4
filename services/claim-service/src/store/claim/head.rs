//! 클레임

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, MemberNo, OrderNo, RequesterRole, SiteNo, Yn};
use db::DbConnection;
use diesel::prelude::*;

use crate::domain::actor::Actor;
use crate::store::schema::claim;

/// Claims of these types that are not complete, and complete ones from `complete_from` on.
pub fn count_open(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    types: &[ClaimType],
    complete_from: Option<DateTime<Utc>>,
) -> QueryResult<i64> {
    let is_open = claim::claim_stat_cd.eq_any([ClaimStatus::Requested, ClaimStatus::InProgress]);
    let of_member = claim::table
        .filter(claim::mbr_no.eq(member_no))
        .filter(claim::site_no.eq(site_no))
        .filter(claim::claim_business_type.eq_any(types.iter().copied()));
    match complete_from {
        None => of_member.filter(is_open).count().get_result(conn),
        Some(from) => {
            let is_recent =
                claim::claim_stat_cd.eq(ClaimStatus::Complete).and(claim::cmpl_dtm.ge(from.naive_utc()));
            of_member.filter(is_open.or(is_recent.assume_not_null())).count().get_result(conn)
        }
    }
}

/// What every claim has, whoever took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimHead {
    pub number: ClaimNo,
    pub site_no: SiteNo,
    pub order_no: OrderNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    /// None for an option change.
    pub reason: Option<ClaimReason>,
    pub reason_text: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
    /// 요청자; none of a claim another system took, and of one from before this was kept.
    pub actor: Option<Actor>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct HeadRow {
    claim_no: ClaimNo,
    site_no: SiteNo,
    ord_no: OrderNo,
    mbr_no: Option<MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    claim_rsn_cd: Option<ClaimReason>,
    claim_rsn_cntt: Option<String>,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    req_user_id: Option<String>,
    req_role_cd: Option<RequesterRole>,
}

pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<ClaimHead>> {
    let row = claim::table.find(claim_no.as_str()).select(HeadRow::as_select()).first(conn).optional()?;
    Ok(row.map(|row| ClaimHead {
        number: row.claim_no,
        site_no: row.site_no,
        order_no: row.ord_no,
        member_no: row.mbr_no,
        claim_type: row.claim_business_type,
        status: row.claim_stat_cd,
        reason: row.claim_rsn_cd,
        reason_text: row.claim_rsn_cntt,
        requested_at: row.req_dtm.and_utc(),
        completed_at: row.cmpl_dtm.map(|at| at.and_utc()),
        actor: row.req_role_cd.map(|role| Actor { user_id: row.req_user_id, role }),
    }))
}

/// Claims of our own that cost something, or will, after a number, in the order of their numbers.
pub fn list_own_after(
    conn: &mut DbConnection,
    after: Option<&ClaimNo>,
    limit: i64,
) -> QueryResult<Vec<ClaimNo>> {
    claim::table
        .filter(claim::rcv_yn.eq(Yn::No))
        .filter(claim::claim_business_type.ne(ClaimType::OptionChange))
        .filter(claim::claim_no.gt(after.map_or("", ClaimNo::as_str)))
        .order(claim::claim_no)
        .limit(limit)
        .select(claim::claim_no)
        .load(conn)
}
