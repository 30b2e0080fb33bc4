//! 환불계좌, sealed: nothing here can be read without the key.

use commerce::{ClaimNo, MemberNo, OrderNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use service_kit::personal::reseal::SealedTexts;

use crate::store::schema::{claim, claim_rfd_acct};

pub fn insert(conn: &mut DbConnection, claim_no: &ClaimNo, sealed: &str) -> QueryResult<usize> {
    diesel::insert_into(claim_rfd_acct::table)
        .values((
            claim_rfd_acct::claim_no.eq(claim_no.as_str()),
            claim_rfd_acct::seal_doc.eq(sealed),
            claim_rfd_acct::mask_yn.eq(Yn::No),
        ))
        .execute(conn)
}

/// Puts it down, or in the place of the one that was given before.
pub fn put(conn: &mut DbConnection, claim_no: &ClaimNo, sealed: &str) -> QueryResult<usize> {
    let replaced = diesel::update(claim_rfd_acct::table.find(claim_no.as_str()))
        .set((claim_rfd_acct::seal_doc.eq(sealed), claim_rfd_acct::mask_yn.eq(Yn::No)))
        .execute(conn)?;
    if replaced == 0 { insert(conn, claim_no, sealed) } else { Ok(replaced) }
}

/// None of a claim that needed none.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<String>> {
    let sealed: Option<Option<String>> = claim_rfd_acct::table
        .find(claim_no.as_str())
        .select(claim_rfd_acct::seal_doc)
        .first(conn)
        .optional()?;
    Ok(sealed.flatten())
}

/// An account of a member's that is not marked yet.
pub struct Account {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub sealed: String,
}

/// A member's accounts that are not marked as those of one who has withdrawn; so many at most.
pub fn find_unmarked(conn: &mut DbConnection, member_no: &MemberNo, limit: i64) -> QueryResult<Vec<Account>> {
    let rows: Vec<(ClaimNo, OrderNo, Option<String>)> = claim_rfd_acct::table
        .inner_join(claim::table)
        .filter(claim::mbr_no.eq(member_no))
        .filter(claim_rfd_acct::mask_yn.eq(Yn::No))
        .order(claim::claim_no)
        .limit(limit)
        .select((claim::claim_no, claim::ord_no, claim_rfd_acct::seal_doc))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|(claim_no, order_no, sealed)| Some(Account { claim_no, order_no, sealed: sealed? }))
        .collect())
}

/// Marks an account as that of a member who has withdrawn.
pub fn mark(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    diesel::update(claim_rfd_acct::table.find(claim_no.as_str()))
        .set(claim_rfd_acct::mask_yn.eq(Yn::Yes))
        .execute(conn)
}

/// Takes a marked account away that no refund needs any more, unless money is still to be transferred to it.
pub fn remove_marked(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    RemoveMarked { claim_no: claim_no.as_str() }.execute(conn)
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct RemoveMarked<'a> { claim_no: &'a str = Text }
    sql {
        "UPDATE claim_rfd_acct SET seal_doc = NULL WHERE mask_yn = 'Y' AND claim_no = " {claim_no}
        " AND NOT EXISTS (SELECT 1 FROM rfd_book WHERE prvd_cd = 'TRANSFER' AND trns_dtm IS NULL AND claim_no = " {claim_no}
        ")"
    }
}

/// The sealed accounts, by the numbers of their claims.
#[derive(Debug, Clone, Copy)]
pub struct SealedAccounts;

impl SealedTexts for SealedAccounts {
    fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>> {
        claim_rfd_acct::table
            .filter(claim_rfd_acct::claim_no.gt(after))
            .filter(claim_rfd_acct::seal_doc.is_not_null())
            .order(claim_rfd_acct::claim_no)
            .limit(limit)
            .select((claim_rfd_acct::claim_no, claim_rfd_acct::seal_doc.assume_not_null()))
            .load(conn)
    }

    fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
        let same = claim_rfd_acct::table.find(key).filter(claim_rfd_acct::seal_doc.eq(from));
        diesel::update(same).set(claim_rfd_acct::seal_doc.eq(to)).execute(conn)
    }
}
