//! 실행 시작: in the transaction that accepts a claim.

use chrono::{DateTime, Utc};
use commerce::ClaimNo;
use db::DbConnection;
use db::outbox::Hold;
use diesel::QueryResult;

use crate::domain::saga::{ClaimSaga, Command, Decision, Effect, Event, step};
use crate::store;
use crate::usecase::messages;

/// Puts down what a claim calls for and asks for the first of it; the messages are in the hand of the holder if there is one.
pub fn begin(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    effects: Vec<Effect>,
    hold: Option<&Hold>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Command>> {
    let saga = ClaimSaga::of(claim_no.clone(), effects);
    store::claim::task::insert(conn, &saga)?;
    let (_, commands) = step(saga, Event::Resumed, now);
    messages::ask_for(conn, now, claim_no, &commands, hold)?;
    Ok(commands)
}

/// Puts down what a claim calls for beside what it has called for before, under a decision, and asks for what is open.
pub fn begin_more(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    (decision, effects): (Decision, Vec<Effect>),
    hold: Option<&Hold>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Command>> {
    let known = store::claim::task::find(conn, claim_no)?;
    let count = known.len();
    let saga = ClaimSaga::restore(claim_no.clone(), decision, known).with_more(decision, effects);
    store::claim::task::append(conn, &saga, count)?;
    let (_, commands) = step(saga, Event::Resumed, now);
    messages::ask_for(conn, now, claim_no, &commands, hold)?;
    Ok(commands)
}
