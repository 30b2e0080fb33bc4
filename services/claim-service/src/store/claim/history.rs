//! 클레임처리이력: only ever appended to.

use chrono::NaiveDateTime;
use commerce::{ClaimAct, ClaimNo, RequesterRole};
use db::DbConnection;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::domain::actor::{Acted, Actor, StoodAt};
use crate::store::schema::claim_hist;

/// Appends what somebody did; who does holds the claim locked.
pub fn append(conn: &mut DbConnection, claim_no: &ClaimNo, acted: &Acted) -> QueryResult<()> {
    let last: Option<i32> = claim_hist::table
        .filter(claim_hist::claim_no.eq(claim_no.as_str()))
        .select(max(claim_hist::hist_seq))
        .first(conn)?;
    let actor = acted.actor.as_ref();
    diesel::insert_into(claim_hist::table)
        .values((
            claim_hist::claim_no.eq(claim_no.as_str()),
            claim_hist::hist_seq.eq(last.unwrap_or(0).saturating_add(1)),
            claim_hist::act_dtm.eq(acted.at.naive_utc()),
            claim_hist::user_id.eq(actor.and_then(|actor| actor.user_id.as_deref())),
            claim_hist::role_cd.eq(actor.map(|actor| actor.role)),
            claim_hist::act_cd.eq(acted.act),
            claim_hist::fr_stat_cd.eq(acted.from.code()),
            claim_hist::to_stat_cd.eq(acted.to.code()),
        ))
        .execute(conn)
        .map(drop)
}

type Row = (NaiveDateTime, Option<String>, Option<RequesterRole>, ClaimAct, String, String);

/// What was done about a claim after its request, in the order it was.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<Acted>> {
    let rows: Vec<Row> = claim_hist::table
        .filter(claim_hist::claim_no.eq(claim_no.as_str()))
        .order(claim_hist::hist_seq)
        .select((
            claim_hist::act_dtm,
            claim_hist::user_id,
            claim_hist::role_cd,
            claim_hist::act_cd,
            claim_hist::fr_stat_cd,
            claim_hist::to_stat_cd,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(at, user_id, role, act, from, to)| {
            let actor = role.map(|role| Actor { user_id, role });
            Ok(Acted { at: at.and_utc(), actor, act, from: stood_at(&from)?, to: stood_at(&to)? })
        })
        .collect()
}

fn stood_at(code: &str) -> QueryResult<StoodAt> {
    StoodAt::from_code(code)
        .ok_or_else(|| QueryError::DeserializationError(format!("`{code}` is no state of a claim").into()))
}
