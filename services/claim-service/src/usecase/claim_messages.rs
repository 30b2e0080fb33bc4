//! What a claim has to tell the world after its transaction, as outbox messages.

use chrono::{DateTime, Utc};
use commerce::ClaimNo;
use db::DbConnection;
use db::outbox::{self, NewMessage};
use diesel::QueryResult;
use platform::http_client::current_traceparent;

use crate::domain::cancel_saga::Command;

/// One effect of a cancel, under the key that makes it happen once; the payload is the claim's number.
pub const EFFECT_TOPIC: &str = "claim.effect";
/// The customer hears that a cancel was rejected; the payload is the claim's number.
pub const REJECTION_TOPIC: &str = "claim.rejected";
/// The order hears that a claim another system took is complete; the payload is the claim's number.
pub const IMPORT_TOPIC: &str = "claim.imported";

/// Asks for effects of a claim; one that is asked for already is not asked for twice.
pub(super) fn ask_for(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
    commands: &[Command],
) -> QueryResult<()> {
    for command in commands {
        send(conn, now, EFFECT_TOPIC, command.key.as_str(), claim_no)?;
    }
    Ok(())
}

pub(super) fn tell_rejection(conn: &mut DbConnection, now: DateTime<Utc>, claim_no: &ClaimNo) -> QueryResult<()> {
    send(conn, now, REJECTION_TOPIC, &rejection_key(claim_no), claim_no)
}

pub(super) fn tell_import(conn: &mut DbConnection, now: DateTime<Utc>, claim_no: &ClaimNo) -> QueryResult<()> {
    send(conn, now, IMPORT_TOPIC, &import_key(claim_no), claim_no)
}

/// Names the notification of a rejection.
pub(super) fn rejection_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:REJECTED")
}

/// Names the completion of a claim another system took.
pub(super) fn import_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:IMPORT")
}

fn send(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    topic: &str,
    key: &str,
    claim_no: &ClaimNo,
) -> QueryResult<()> {
    let traceparent = current_traceparent();
    let message = NewMessage {
        key,
        topic,
        payload: claim_no.as_str(),
        traceparent: traceparent.as_deref(),
        not_before: now,
    };
    outbox::enqueue(conn, now, &message).map(drop)
}
