//! 회수지·교환배송지, sealed: nothing here can be read without the key.

use std::collections::HashMap;

use commerce::{ClaimNo, Yn};
use db::DbConnection;
use diesel::prelude::*;

use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::claim_rtn_dlvp;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressUse {
    /// 회수지
    Collection,
    /// 교환배송지
    Exchange,
}

impl AddressUse {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Collection => "W",
            Self::Exchange => "E",
        }
    }

    pub(in crate::store) fn of(code: &str) -> Option<Self> {
        [Self::Collection, Self::Exchange].into_iter().find(|one| one.code() == code)
    }
}

pub fn insert(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    used_for: AddressUse,
    sealed: &str,
) -> QueryResult<usize> {
    diesel::insert_into(claim_rtn_dlvp::table)
        .values((
            claim_rtn_dlvp::claim_no.eq(claim_no.as_str()),
            claim_rtn_dlvp::dlvp_gb.eq(used_for.code()),
            claim_rtn_dlvp::seal_doc.eq(sealed),
            claim_rtn_dlvp::mask_yn.eq(Yn::No),
        ))
        .execute(conn)
}

/// None where the order's own address serves.
pub fn find(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    used_for: AddressUse,
) -> QueryResult<Option<String>> {
    claim_rtn_dlvp::table
        .find((claim_no.as_str(), used_for.code()))
        .select(claim_rtn_dlvp::seal_doc)
        .first(conn)
        .optional()
}

/// Those of these claims; claims that the order's own address serves are left out.
pub fn find_all(
    conn: &mut DbConnection,
    numbers: &[ClaimNo],
    used_for: AddressUse,
) -> QueryResult<HashMap<ClaimNo, String>> {
    let mut found = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(ClaimNo::as_str).collect();
        let rows: Vec<(ClaimNo, String)> = claim_rtn_dlvp::table
            .filter(claim_rtn_dlvp::claim_no.eq_any(batch))
            .filter(claim_rtn_dlvp::dlvp_gb.eq(used_for.code()))
            .select((claim_rtn_dlvp::claim_no, claim_rtn_dlvp::seal_doc))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
