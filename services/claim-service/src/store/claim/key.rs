//! 중복방지키: under which a claim was asked for.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};
use db::DbConnection;
use diesel::prelude::*;

use crate::store::schema::claim;

/// The claim a request was accepted as.
pub struct Known {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub asked_at: DateTime<Utc>,
}

pub fn find(conn: &mut DbConnection, key: &str) -> QueryResult<Option<Known>> {
    let found: Option<(ClaimNo, ClaimStatus, NaiveDateTime)> = claim::table
        .filter(claim::acpt_key.eq(key))
        .select((claim::claim_no, claim::claim_stat_cd, claim::req_dtm))
        .first(conn)
        .optional()?;
    Ok(found.map(|(claim_no, status, at)| Known { claim_no, status, asked_at: at.and_utc() }))
}

/// From here on the same key is another request's.
pub fn forget(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    diesel::update(claim::table.find(claim_no.as_str())).set(claim::acpt_key.eq(None::<String>)).execute(conn)
}
