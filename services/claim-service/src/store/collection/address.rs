//! 회수지·교환배송지, sealed: nothing here can be read without the key.

use commerce::{ClaimNo, Yn};
use db::DbConnection;
use diesel::prelude::*;

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
