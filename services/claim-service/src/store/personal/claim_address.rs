//! 회수지·교환배송지 of members who have withdrawn, and all of them when the data key changes.

use commerce::{ClaimNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use service_kit::personal::reseal::SealedTexts;

use crate::store::collection::address::AddressUse;
use crate::store::schema::claim_rtn_dlvp;

/// An address whose sealed text is not masked.
pub struct UnmaskedAddress {
    pub claim_no: ClaimNo,
    pub used_for: AddressUse,
    pub sealed: String,
}

/// Those of these claims: two a claim at most.
pub fn find_unmasked(conn: &mut DbConnection, claim_nos: &[ClaimNo]) -> QueryResult<Vec<UnmaskedAddress>> {
    let numbers: Vec<&str> = claim_nos.iter().map(ClaimNo::as_str).collect();
    let rows: Vec<(ClaimNo, String, String)> = claim_rtn_dlvp::table
        .filter(claim_rtn_dlvp::claim_no.eq_any(numbers))
        .filter(claim_rtn_dlvp::mask_yn.eq(Yn::No))
        .order((claim_rtn_dlvp::claim_no, claim_rtn_dlvp::dlvp_gb))
        .select((claim_rtn_dlvp::claim_no, claim_rtn_dlvp::dlvp_gb, claim_rtn_dlvp::seal_doc))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|(claim_no, code, sealed)| {
            Some(UnmaskedAddress { claim_no, used_for: AddressUse::of(&code)?, sealed })
        })
        .collect())
}

/// Puts what is masked, sealed as well, in the place of the original.
pub fn put_masked(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    used_for: AddressUse,
    sealed: &str,
) -> QueryResult<usize> {
    diesel::update(claim_rtn_dlvp::table.find((claim_no.as_str(), used_for.code())))
        .set((claim_rtn_dlvp::seal_doc.eq(sealed), claim_rtn_dlvp::mask_yn.eq(Yn::Yes)))
        .execute(conn)
}

/// The sealed addresses, by the names they are sealed under.
#[derive(Debug, Clone, Copy)]
pub struct SealedAddresses;

impl SealedTexts for SealedAddresses {
    fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>> {
        let (claim_no, code) = parts_of(after);
        let rows: Vec<(ClaimNo, String, String)> = claim_rtn_dlvp::table
            .filter(
                claim_rtn_dlvp::claim_no
                    .gt(claim_no)
                    .or(claim_rtn_dlvp::claim_no.eq(claim_no).and(claim_rtn_dlvp::dlvp_gb.gt(code))),
            )
            .order((claim_rtn_dlvp::claim_no, claim_rtn_dlvp::dlvp_gb))
            .limit(limit)
            .select((claim_rtn_dlvp::claim_no, claim_rtn_dlvp::dlvp_gb, claim_rtn_dlvp::seal_doc))
            .load(conn)?;
        let rows = rows.into_iter();
        Ok(rows.map(|(claim_no, code, sealed)| (format!("{claim_no}/{code}"), sealed)).collect())
    }

    fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
        let same = claim_rtn_dlvp::table.find(parts_of(key)).filter(claim_rtn_dlvp::seal_doc.eq(from));
        diesel::update(same).set(claim_rtn_dlvp::seal_doc.eq(to)).execute(conn)
    }
}

fn parts_of(key: &str) -> (&str, &str) {
    key.split_once('/').unwrap_or((key, ""))
}
