//! 클레임 결정: an order answers every claim once, one claim after the other.

use chrono::{DateTime, Utc};
use commerce::OrderNo;
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::order_decision::{Decision, OtherClaim, Question};
use crate::refusals;
use crate::store::{order, order_decision};

/// Says again what was said before, or decides under the order's lock and puts it down with what it does.
pub fn decide_once(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    question: &Question,
    now: DateTime<Utc>,
    decide: impl FnOnce(&mut DbConnection) -> Result<Decision, Error>,
) -> Result<Decision, Error> {
    if !order::lock(conn, order_no)? {
        return Err(refusals::no_such_order());
    }
    if let Some(recorded) = order_decision::find(conn, &question.claim_no)? {
        return Ok(recorded.repeated_to(question)?);
    }
    let decision = decide(conn)?;
    if order_decision::insert(conn, order_no, question, decision, now)? {
        Ok(decision)
    } else {
        // This order is locked, so it was a claim on another one that took the number a moment ago.
        Err(OtherClaim.into())
    }
}
