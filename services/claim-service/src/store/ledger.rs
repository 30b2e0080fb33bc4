//! 클레임원장: only ever appended to.

mod names;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, SagaStep};
use db::DbConnection;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamp};

use crate::domain::money::ledger::{BookedPosting, Posting};
use crate::store::schema::claim_ldgr;

db::insert_rows! {
    struct NewRow<'a> into "claim_ldgr" {
        claim_no: &'a str = Text,
        ldgr_seq: i32 = Integer,
        step_cd: &'static str = Text,
        acct: String = Text,
        unit: String = Text,
        amt: i64 = BigInt,
        reg_dtm: NaiveDateTime = Timestamp,
    }
}

/// Appends the postings of one claim; who does holds the claim locked, or has just made it.
pub fn append(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    postings: &[Posting],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    if postings.is_empty() {
        return Ok(());
    }
    let last: Option<i32> = claim_ldgr::table
        .filter(claim_ldgr::claim_no.eq(claim_no))
        .select(max(claim_ldgr::ldgr_seq))
        .first(conn)?;
    let rows: Vec<NewRow<'_>> = (last.unwrap_or(0).saturating_add(1)..)
        .zip(postings)
        .map(|(ldgr_seq, posting)| NewRow {
            claim_no: posting.claim_no.as_str(),
            ldgr_seq,
            step_cd: posting.step.code(),
            acct: names::of_account(&posting.account),
            unit: names::of_unit(&posting.unit),
            amt: posting.amount,
            reg_dtm: now.naive_utc(),
        })
        .collect();
    NewRow::insert_all(conn, &rows).map(drop)
}

/// Everything posted for a claim in the words of the table, in the order it was.
pub fn list(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<BookedPosting>> {
    let rows: Vec<(SagaStep, String, String, i64, NaiveDateTime)> = claim_ldgr::table
        .filter(claim_ldgr::claim_no.eq(claim_no.as_str()))
        .order(claim_ldgr::ldgr_seq)
        .select((
            claim_ldgr::step_cd,
            claim_ldgr::acct,
            claim_ldgr::unit,
            claim_ldgr::amt,
            claim_ldgr::reg_dtm,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(step, account, unit, amount, at)| BookedPosting {
            step,
            account,
            unit,
            amount,
            at: at.and_utc(),
        })
        .collect())
}

/// Everything posted for a claim, in the order it was.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<Posting>> {
    let rows: Vec<(ClaimNo, SagaStep, String, String, i64)> = claim_ldgr::table
        .filter(claim_ldgr::claim_no.eq(claim_no.as_str()))
        .order(claim_ldgr::ldgr_seq)
        .select((
            claim_ldgr::claim_no,
            claim_ldgr::step_cd,
            claim_ldgr::acct,
            claim_ldgr::unit,
            claim_ldgr::amt,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(claim_no, step, account, unit, amount)| {
            let (account, unit) = (names::account(&account)?, names::unit(&unit)?);
            Ok(Posting { claim_no, step, account, unit, amount })
        })
        .collect()
}
