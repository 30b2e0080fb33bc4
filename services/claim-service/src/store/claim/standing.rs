//! 진행상태: where a claim stands.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, ClaimStatus, OrderNo};
use db::{DbConnection, for_update};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Nullable, Text, Timestamp};

use crate::domain::saga::Decision;
use crate::store::schema::claim;

/// Where a claim of our own stands, locked until the transaction ends: its steps are taken one after the other. None of a claim
/// without a cost.
pub fn lock(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<(Decision, ClaimStatus)>> {
    let query = claim::table
        .find(claim_no.as_str())
        .filter(claim::cost_doc.is_not_null())
        .select((claim::dcsn_cd, claim::claim_stat_cd));
    let row: Option<(Option<String>, ClaimStatus)> =
        for_update!(conn, query, |query, inner| query.first(inner).optional())?;
    let Some((Some(decision), status)) = row else { return Ok(None) };
    Ok(Some((decision_of(&decision)?, status)))
}

/// Whether the order has not decided on one of its claims yet.
pub fn has_undecided(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        claim::table
            .filter(claim::ord_no.eq(order_no.as_str()))
            .filter(claim::dcsn_cd.eq(code_of(Decision::Undecided))),
    ))
    .get_result(conn)
}

/// Where a claim stands, whoever took it.
pub fn find_status(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<ClaimStatus>> {
    claim::table.find(claim_no.as_str()).select(claim::claim_stat_cd).first(conn).optional()
}

/// Writes how far a claim has come; its lines are complete with it.
pub fn update(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    (decision, status): (Decision, ClaimStatus),
    completed_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    let (claim_no, completed_at) = (claim_no.as_str(), completed_at.map(|at| at.naive_utc()));
    UpdateProgress { decision: code_of(decision), status: status.code(), completed_at, claim_no }
        .execute(conn)?;
    if completed_at.is_some() {
        CompleteLines { completed_at, claim_no }.execute(conn)?;
    }
    Ok(())
}

// On every cancel's way: `cancels` of `make bench` measures both.
db::statement! {
    struct UpdateProgress<'a> {
        decision: &'static str = Text,
        status: &'static str = Text,
        completed_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        claim_no: &'a str = Text,
    }
    sql {
        "UPDATE claim SET dcsn_cd = " {decision} ", claim_stat_cd = " {status} ", cmpl_dtm = " {completed_at}
        " WHERE claim_no = " {claim_no}
    }
}

db::statement! {
    struct CompleteLines<'a> {
        completed_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        claim_no: &'a str = Text,
    }
    sql { "UPDATE claim_line SET cmpl_dtm = " {completed_at} " WHERE claim_no = " {claim_no} }
}

pub(in crate::store) const fn code_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Undecided => "U",
        Decision::Confirmed => "C",
        Decision::Rejected => "R",
    }
}

pub(in crate::store) fn decision_of(code: &str) -> QueryResult<Decision> {
    match code {
        "U" => Ok(Decision::Undecided),
        "C" => Ok(Decision::Confirmed),
        "R" => Ok(Decision::Rejected),
        other => Err(QueryError::DeserializationError(format!("`{other}` is no decision").into())),
    }
}
