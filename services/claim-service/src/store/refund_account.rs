//! 환불계좌

use commerce::{ClaimNo, Yn};
use db::DbConnection;
use diesel::prelude::*;

use crate::domain::refund_account::RefundAccount;
use crate::store::schema::claim_rfd_acct;

pub fn insert(conn: &mut DbConnection, claim_no: &ClaimNo, account: &RefundAccount) -> QueryResult<usize> {
    diesel::insert_into(claim_rfd_acct::table)
        .values((
            claim_rfd_acct::claim_no.eq(claim_no.as_str()),
            claim_rfd_acct::bank_cd.eq(&account.bank_code),
            claim_rfd_acct::acct_no.eq(&account.account_no),
            claim_rfd_acct::dpstr_nm.eq(&account.holder),
            claim_rfd_acct::mask_yn.eq(Yn::No),
        ))
        .execute(conn)
}

/// None of a claim that needed none.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<RefundAccount>> {
    let row: Option<(String, String, String)> = claim_rfd_acct::table
        .find(claim_no.as_str())
        .select((claim_rfd_acct::bank_cd, claim_rfd_acct::acct_no, claim_rfd_acct::dpstr_nm))
        .first(conn)
        .optional()?;
    Ok(row.map(|(bank_code, account_no, holder)| RefundAccount { bank_code, account_no, holder }))
}
