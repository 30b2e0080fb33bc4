//! 무료반품쿠폰 선점과 반납: what claims' steps came to.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, CouponIssueNo, OrderNo};
use db::DbConnection;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::domain::coupon_hold::{NotHeld, NotReleased};
use crate::domain::order_effects::ClaimStep;
use crate::store::columns::time;
use crate::store::schema::coupon_hold;

#[derive(Insertable)]
#[diesel(table_name = coupon_hold, treat_none_as_default_value = false)]
struct NewRow<'a> {
    evt_key: &'a str,
    act_cd: &'static str,
    cpn_isu_no: &'a CouponIssueNo,
    claim_no: &'a ClaimNo,
    ord_no: &'a OrderNo,
    rsn_cd: Option<&'static str>,
    reg_dtm: NaiveDateTime,
}

const HOLD: &str = "HOLD";
const RELEASE: &str = "RELEASE";

pub fn insert_held(
    conn: &mut DbConnection,
    step: &ClaimStep,
    number: &CouponIssueNo,
    outcome: Result<(), NotHeld>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    insert(conn, (HOLD, outcome.err().map(code_of_not_held)), step, number, now)
}

pub fn insert_released(
    conn: &mut DbConnection,
    step: &ClaimStep,
    number: &CouponIssueNo,
    outcome: Result<(), NotReleased>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    insert(conn, (RELEASE, outcome.err().map(code_of_not_released)), step, number, now)
}

fn insert(
    conn: &mut DbConnection,
    (act_cd, rsn_cd): (&'static str, Option<&'static str>),
    step: &ClaimStep,
    number: &CouponIssueNo,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let row = NewRow {
        evt_key: &step.key,
        act_cd,
        cpn_isu_no: number,
        claim_no: &step.claim_no,
        ord_no: &step.order_no,
        rsn_cd,
        reg_dtm: time(now),
    };
    diesel::insert_into(coupon_hold::table).values(row).execute(conn).map(drop)
}

pub fn find_held(conn: &mut DbConnection, key: &str) -> QueryResult<Result<(), NotHeld>> {
    find(conn, key, |code| {
        [NotHeld::Unknown, NotHeld::NotTheMembers, NotHeld::OtherType, NotHeld::Used, NotHeld::Expired]
            .into_iter()
            .find(|reason| code_of_not_held(*reason) == code)
    })
}

pub fn find_released(conn: &mut DbConnection, key: &str) -> QueryResult<Result<(), NotReleased>> {
    find(conn, key, |code| {
        [NotReleased::Expired, NotReleased::NotHeld]
            .into_iter()
            .find(|reason| code_of_not_released(*reason) == code)
    })
}

fn find<R>(
    conn: &mut DbConnection,
    key: &str,
    reason_of: impl FnOnce(&str) -> Option<R>,
) -> QueryResult<Result<(), R>> {
    let code: Option<String> = coupon_hold::table.find(key).select(coupon_hold::rsn_cd).first(conn)?;
    let Some(code) = code else { return Ok(Ok(())) };
    let reason = reason_of(&code).ok_or_else(|| diesel::result::Error::DeserializationError(code.into()))?;
    Ok(Err(reason))
}

/// Whether this claim has let go of the coupon, held or not.
pub fn is_released(conn: &mut DbConnection, step: &ClaimStep, number: &CouponIssueNo) -> QueryResult<bool> {
    let released = coupon_hold::table
        .filter(coupon_hold::cpn_isu_no.eq(number))
        .filter(coupon_hold::claim_no.eq(&step.claim_no))
        .filter(coupon_hold::act_cd.eq(RELEASE));
    diesel::select(exists(released)).get_result(conn)
}

const fn code_of_not_held(reason: NotHeld) -> &'static str {
    match reason {
        NotHeld::Unknown => "UNKNOWN",
        NotHeld::NotTheMembers => "NOT_THE_MEMBERS",
        NotHeld::OtherType => "OTHER_TYPE",
        NotHeld::Used => "USED",
        NotHeld::Expired => "EXPIRED",
    }
}

const fn code_of_not_released(reason: NotReleased) -> &'static str {
    match reason {
        NotReleased::Expired => "EXPIRED",
        NotReleased::NotHeld => "NOT_HELD",
    }
}
