//! 회원 클레임: what claim-service has told of the claims of members.

use chrono::NaiveDateTime;
use commerce::{ClaimNo, OrderNo};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::schema::mbr_claim_backlog;
use crate::domain::counted_claim::{CountedClaim, Standing};

// A claim ends once, so whatever comes late or twice finds it as it is.
db::insert_rows! {
    struct NewRow<'a> into "mbr_claim" {
        claim_no: &'a str = Text,
        mbr_no: &'a str = Text,
        site_no: &'a str = Text,
        open_yn: &'static str = Text,
        cmpl_dtm: Option<NaiveDateTime> = Nullable<Timestamp>,
    }
    then "ON CONFLICT (claim_no) DO UPDATE SET open_yn = excluded.open_yn, cmpl_dtm = excluded.cmpl_dtm \
        WHERE mbr_claim.open_yn = 'Y' AND excluded.open_yn = 'N'"
}

/// Notes where claims stand, each of them once among `claims`.
pub fn note(conn: &mut DbConnection, claims: &[CountedClaim]) -> QueryResult<()> {
    let mut rows: Vec<NewRow<'_>> = claims.iter().map(row).collect();
    // Always in the same order, so that two who tell of the same claims never wait for each other in a circle.
    rows.sort_by_key(|row| row.claim_no);
    NewRow::insert_all(conn, &rows).map(drop)
}

fn row(claim: &CountedClaim) -> NewRow<'_> {
    let (open_yn, cmpl_dtm) = match claim.standing {
        Standing::Open => ("Y", None),
        Standing::Complete(at) => ("N", Some(at.naive_utc())),
        Standing::Rejected => ("N", None),
    };
    NewRow {
        claim_no: claim.claim_no.as_str(),
        mbr_no: claim.member_no.as_str(),
        site_no: claim.site_no.as_str(),
        open_yn,
        cmpl_dtm,
    }
}

/// Notes a claim as open that nothing is known of yet, if its order is a member's.
pub fn note_open(conn: &mut DbConnection, claim_no: &ClaimNo, order_no: &OrderNo) -> QueryResult<()> {
    NoteOpen { claim_no: claim_no.as_str(), order_no: order_no.as_str() }.execute(conn).map(drop)
}

/// Whoever tells of claims has told of all there were.
pub fn end_backlog(conn: &mut DbConnection) -> QueryResult<()> {
    diesel::delete(mbr_claim_backlog::table).execute(conn).map(drop)
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct NoteOpen<'a> {
        claim_no: &'a str = Text,
        order_no: &'a str = Text,
    }
    sql {
        "INSERT INTO mbr_claim (claim_no, mbr_no, site_no, open_yn) SELECT " {claim_no} ", mbr_no, site_no, 'Y'"
        " FROM ord_base WHERE ord_no = " {order_no} " AND mbr_no IS NOT NULL ON CONFLICT DO NOTHING"
    }
}
