//! 수신클레임: claims another system took, among all claims.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, MemberNo, OrderNo, SiteNo, Yn};
use db::{DbConnection, each_backend};
use diesel::prelude::*;

use crate::domain::imported::ImportedClaim;
use crate::domain::order::pinned::OrderCopy;
use crate::domain::request::RequestedLine;
use crate::store::ROWS_PER_STATEMENT;
use crate::store::claim::line::ClaimedLine;
use crate::store::schema::{claim, claim_line};

/// A claim that is here already under a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownClaim {
    Imported(ImportedClaim),
    /// This house took it itself; nobody else may move it.
    Ours,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    claim_no: ClaimNo,
    ord_no: OrderNo,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    claim_rsn_cd: Option<ClaimReason>,
    rcv_yn: Yn,
}

impl Row {
    fn into_known(self, mut lines: Vec<RequestedLine>) -> KnownClaim {
        let (Yn::Yes, Some(reason)) = (self.rcv_yn, self.claim_rsn_cd) else { return KnownClaim::Ours };
        lines.sort_by_key(|line| line.line_seq);
        KnownClaim::Imported(ImportedClaim {
            number: self.claim_no,
            order_no: self.ord_no,
            claim_type: self.claim_business_type,
            status: self.claim_stat_cd,
            reason,
            requested_at: self.req_dtm.and_utc(),
            completed_at: self.cmpl_dtm.map(|at| at.and_utc()),
            lines,
        })
    }
}

/// The claims that are here under these numbers.
pub fn find(conn: &mut DbConnection, numbers: &[ClaimNo]) -> QueryResult<HashMap<ClaimNo, KnownClaim>> {
    let mut found = HashMap::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(ClaimNo::as_str).collect();
        let rows: Vec<Row> = claim::table
            .filter(claim::claim_no.eq_any(batch.clone()))
            .order(claim::claim_no)
            .select(Row::as_select())
            .load(conn)?;
        let line_rows: Vec<(ClaimNo, i32, i64)> = claim_line::table
            .filter(claim_line::claim_no.eq_any(batch))
            .order((claim_line::claim_no, claim_line::ord_seq))
            .select((claim_line::claim_no, claim_line::ord_seq, claim_line::claim_qty))
            .load(conn)?;
        let mut lines: HashMap<ClaimNo, Vec<RequestedLine>> = HashMap::new();
        for (claim_no, line_seq, quantity) in line_rows {
            lines.entry(claim_no).or_default().push(RequestedLine { line_seq, quantity });
        }
        found.extend(rows.into_iter().map(|row| {
            let lines = lines.remove(&row.claim_no).unwrap_or_default();
            (row.claim_no.clone(), row.into_known(lines))
        }));
    }
    Ok(found)
}

#[derive(Insertable)]
#[diesel(table_name = claim, treat_none_as_default_value = false)]
struct NewRow<'a> {
    claim_no: &'a str,
    site_no: &'a SiteNo,
    ord_no: &'a str,
    mbr_no: Option<&'a MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    claim_rsn_cd: Option<ClaimReason>,
    rcv_yn: Yn,
}

#[derive(Insertable)]
#[diesel(table_name = claim_line, treat_none_as_default_value = false)]
struct NewLineRow<'a> {
    claim_no: &'a str,
    ord_seq: i32,
    claim_qty: i64,
    entr_no: &'a str,
    rmn_qty: i64,
    cmpl_dtm: Option<NaiveDateTime>,
}

/// A claim to put down.
pub struct NewClaim<'a> {
    pub claim: &'a ImportedClaim,
    pub copy: &'a OrderCopy,
    /// The claim's lines as the vendors' view needs them.
    pub lines: &'a [ClaimedLine],
}

/// Puts new claims of these orders down. False if one of the numbers was taken meanwhile; then nothing may stay.
pub fn insert(conn: &mut DbConnection, claims: &[NewClaim<'_>]) -> QueryResult<bool> {
    let mut rows: Vec<NewRow<'_>> = claims.iter().map(|new| new_row(new.claim, new.copy)).collect();
    // Always in the same order, so that two requests at once never wait for each other in a circle.
    rows.sort_by_key(|row| row.claim_no);
    for batch in rows.chunks(ROWS_PER_STATEMENT) {
        let inserted = each_backend!(conn, |inner| {
            diesel::insert_into(claim::table).values(batch).on_conflict_do_nothing().execute(inner)
        })?;
        if inserted != batch.len() {
            return Ok(false);
        }
    }
    let lines: Vec<NewLineRow<'_>> = claims
        .iter()
        .flat_map(|new| {
            new.lines.iter().map(|line| NewLineRow {
                claim_no: new.claim.number.as_str(),
                ord_seq: line.line_seq,
                claim_qty: line.quantity,
                entr_no: &line.vendor_no,
                rmn_qty: line.left_before,
                cmpl_dtm: new.claim.completed_at.map(|at| at.naive_utc()),
            })
        })
        .collect();
    for batch in lines.chunks(ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(claim_line::table).values(batch).execute(inner))?;
    }
    Ok(true)
}

fn new_row<'a>(claim: &'a ImportedClaim, copy: &'a OrderCopy) -> NewRow<'a> {
    NewRow {
        claim_no: claim.number.as_str(),
        site_no: &copy.site_no,
        ord_no: copy.number.as_str(),
        mbr_no: copy.member_no.as_ref(),
        claim_business_type: claim.claim_type,
        claim_stat_cd: claim.status,
        req_dtm: claim.requested_at.naive_utc(),
        cmpl_dtm: claim.completed_at.map(|at| at.naive_utc()),
        claim_rsn_cd: Some(claim.reason),
        rcv_yn: Yn::Yes,
    }
}

/// Moves a claim that is here forward, and its lines with it.
pub fn update_status(conn: &mut DbConnection, moved: &ImportedClaim) -> QueryResult<usize> {
    diesel::update(claim_line::table.filter(claim_line::claim_no.eq(moved.number.as_str())))
        .set(claim_line::cmpl_dtm.eq(moved.completed_at.map(|at| at.naive_utc())))
        .execute(conn)?;
    diesel::update(claim::table.find(moved.number.as_str()))
        .set((
            claim::claim_stat_cd.eq(moved.status),
            claim::cmpl_dtm.eq(moved.completed_at.map(|at| at.naive_utc())),
        ))
        .execute(conn)
}
