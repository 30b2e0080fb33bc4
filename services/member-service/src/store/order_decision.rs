//! 클레임 결정: what orders said to claims, one row for ever.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, ClaimType, OrderNo};
use db::{DbConnection, each_backend};
use diesel::prelude::*;

use super::schema::ord_claim;
use crate::domain::order_decision::{Decision, Question, RecordedDecision};

#[derive(Insertable)]
#[diesel(table_name = ord_claim)]
struct NewRow<'a> {
    claim_no: &'a str,
    ord_no: &'a str,
    claim_business_type: ClaimType,
    req_dgst: &'a str,
    dcsn_cd: &'a str,
    reg_dtm: NaiveDateTime,
}

const CONFIRMED: &str = "CONFIRMED";
const REJECTED: &str = "REJECTED";

pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<RecordedDecision>> {
    let row: Option<(String, String)> = ord_claim::table
        .find(claim_no.as_str())
        .select((ord_claim::req_dgst, ord_claim::dcsn_cd))
        .first(conn)
        .optional()?;
    row.map(|(digest, code)| Ok(RecordedDecision { digest, decision: decision_of(&code)? })).transpose()
}

pub(super) fn decision_of(code: &str) -> QueryResult<Decision> {
    match code {
        CONFIRMED => Ok(Decision::Confirmed),
        REJECTED => Ok(Decision::Rejected),
        _ => Err(diesel::result::Error::DeserializationError("no code of a decision".into())),
    }
}

/// Puts a decision down; `false` when a claim of that number is here already, perhaps since a moment ago.
pub fn insert(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    question: &Question,
    decision: Decision,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let row = NewRow {
        claim_no: question.claim_no.as_str(),
        ord_no: order_no.as_str(),
        claim_business_type: question.claim_type,
        req_dgst: &question.digest,
        dcsn_cd: match decision {
            Decision::Confirmed => CONFIRMED,
            Decision::Rejected => REJECTED,
        },
        reg_dtm: now.naive_utc(),
    };
    let inserted = each_backend!(conn, |inner| {
        diesel::insert_into(ord_claim::table).values(&row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(inserted == 1)
}
