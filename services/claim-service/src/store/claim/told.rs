//! 건수 전달: which claims have moved since member-service has heard of them. That is written nowhere: the status a claim has is
//! not the one that was told.

#[cfg(all(test, feature = "postgres"))]
mod plan;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimStatus, MemberNo, SiteNo};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::domain::counted_claim::CountedClaim;

/// So many claims at most that are to be told of, in the order of their numbers.
pub fn list_untold(conn: &mut DbConnection, limit: usize) -> QueryResult<Vec<CountedClaim>> {
    type Row = (ClaimNo, MemberNo, SiteNo, ClaimStatus, Option<NaiveDateTime>);
    let rows: Vec<Row> = ListUntold { limit: i64::try_from(limit).unwrap_or(i64::MAX) }.load(conn)?;
    let claims = rows.into_iter().map(|(number, member_no, site_no, status, completed_at)| CountedClaim {
        number,
        member_no,
        site_no,
        status,
        completed_at: completed_at.map(|at| at.and_utc()),
    });
    Ok(claims.collect())
}

/// Puts down in which status each was told; one that has moved meanwhile is to be told of again. In the order of their numbers,
/// so that nobody who writes several claims waits for another in a circle.
pub fn put_told(conn: &mut DbConnection, claims: &[CountedClaim]) -> QueryResult<()> {
    for claim in claims {
        PutTold { status: claim.status.code(), claim_no: claim.number.as_str() }.execute(conn)?;
    }
    Ok(())
}

// The index holds what these words ask for and no others. On every cancel's way, many of them at once: `cancels` of `make bench`
// measures it.
db::statement! {
    struct ListUntold {
        limit: i64 = BigInt,
    } -> (Text, Text, Text, Text, Nullable<Timestamp>)
    sql {
        "SELECT claim_no, mbr_no, site_no, claim_stat_cd, cmpl_dtm FROM claim WHERE told_stat_cd <> claim_stat_cd"
        " AND mbr_no IS NOT NULL AND claim_business_type <> '11' ORDER BY claim_no LIMIT " {limit}
    }
}

db::statement! {
    struct PutTold<'a> {
        status: &'static str = Text,
        claim_no: &'a str = Text,
    }
    sql { "UPDATE claim SET told_stat_cd = " {status} " WHERE claim_no = " {claim_no} }
}
