//! 클레임

use chrono::{DateTime, Utc};
use commerce::{ClaimStatus, ClaimType, MemberNo, SiteNo};
use db::DbConnection;
use diesel::prelude::*;

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
