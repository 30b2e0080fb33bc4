//! A request is carried out once, however often it arrives (contract, section 1 "Idempotency").
//!
//! [`begin`] puts the key in flight, [`complete`] stores the answer in the transaction of the effect,
//! [`abandon`] takes the key back when nothing happened. The key is held by a ticket with a lease: when
//! the process dies, the next request with the same body takes the key over, and the old ticket is void.

use crate::connection::DbConnection;
use crate::time::{after, column};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamp};
use std::time::Duration;
use uuid::Uuid;

/// How long an answer is repeated.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// Which request this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Whose key it is, for example `member:100001311@1`.
    pub caller: String,
    /// The bare number of the caller, by which [`forget_answers_of`] finds its answers.
    pub subject: String,
    pub operation: &'static str,
    pub key: String,
    /// A digest of path parameters, query and content.
    pub body_digest: String,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// Carry it out and complete the ticket.
    Fresh(Ticket),
    /// Give this answer again.
    Replay(StoredAnswer),
    /// The key was used for another body, or its answer may not be shown any more.
    Reused,
    /// The same request is being carried out.
    InFlight,
}

/// The right to answer for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    caller: String,
    operation: &'static str,
    key: String,
    number: String,
}

/// An answer as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    pub status: i32,
    pub content_type: String,
    pub body: String,
}

/// Puts a key in flight, or says what became of it. Call it inside [`Db::write`](crate::Db::write).
///
/// A key that is a day old counts as absent. A key still in flight after its lease is taken over by the
/// same body; another body is a reuse, in flight or not.
pub fn begin(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    scope: &Scope,
    lease: Duration,
) -> QueryResult<Begin> {
    let number = Uuid::now_v7().to_string();
    let taken = TakeKey {
        caller: &scope.caller,
        operation: scope.operation,
        key: &scope.key,
        subject: &scope.subject,
        body_digest: &scope.body_digest,
        ticket: &number,
        lease_until: column(after(now, lease)),
        now: column(now),
        day_ago: column(now - KEPT_FOR),
    }
    .execute(conn)?;
    if taken == 1 {
        let (caller, key) = (scope.caller.clone(), scope.key.clone());
        return Ok(Begin::Fresh(Ticket { caller, operation: scope.operation, key, number }));
    }
    // The statement above has locked the row, so it is still there.
    let row: KeyRow =
        FindKey { caller: &scope.caller, operation: scope.operation, key: &scope.key }.get_result(conn)?;
    Ok(row.outcome_for(&scope.body_digest))
}

/// Stores the answer, in the transaction of the effect. `false`: the ticket is lost to another request,
/// which will carry the effect out; roll back.
pub fn complete(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    ticket: &Ticket,
    answer: &StoredAnswer,
) -> QueryResult<bool> {
    let updated = Complete {
        now: column(now),
        status: answer.status,
        content_type: &answer.content_type,
        body: &answer.body,
        caller: &ticket.caller,
        operation: ticket.operation,
        key: &ticket.key,
        ticket: &ticket.number,
    }
    .execute(conn)?;
    Ok(updated == 1)
}

/// Takes a key back whose request had no effect and no answer worth repeating.
pub fn abandon(conn: &mut DbConnection, ticket: &Ticket) -> QueryResult<()> {
    Abandon { caller: &ticket.caller, operation: ticket.operation, key: &ticket.key, ticket: &ticket.number }
        .execute(conn)?;
    Ok(())
}

/// Ends the leases of all keys in flight: for a process that starts as the only one on its database, when those who
/// held a key can only be dead.
pub fn end_leases(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    EndLeases { now: column(now) }.execute(conn)
}

/// Removes the stored answers of a caller, which may hold personal data (contract, section 2). The keys
/// stay, so a repeat is a reuse. An answer still being made will not be kept either.
///
/// Call it last in the transaction that masks the data.
pub fn forget_answers_of(
    conn: &mut DbConnection,
    caller_subject: &str,
    except_operation: &str,
) -> QueryResult<usize> {
    Forget { subject: caller_subject, except_operation }.execute(conn)
}

/// Deletes keys made before `at`; those older than a day mean nothing any more.
pub fn purge_before(conn: &mut DbConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    PurgeBefore { at: column(at) }.execute(conn)
}

#[derive(Queryable)]
struct KeyRow {
    body_digest: String,
    is_in_flight: bool,
    answer_status: Option<i32>,
    answer_content_type: Option<String>,
    answer_body: Option<String>,
}

impl KeyRow {
    fn outcome_for(self, body_digest: &str) -> Begin {
        if self.body_digest != body_digest {
            return Begin::Reused;
        }
        if self.is_in_flight {
            return Begin::InFlight;
        }
        match (self.answer_status, self.answer_content_type, self.answer_body) {
            (Some(status), Some(content_type), Some(body)) => {
                Begin::Replay(StoredAnswer { status, content_type, body })
            }
            _ => Begin::Reused,
        }
    }
}

// One round trip for a new key, an aged one and one whose holder died.
crate::statement! {
    struct TakeKey<'a> {
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
        subject: &'a str = Text,
        body_digest: &'a str = Text,
        ticket: &'a str = Text,
        lease_until: NaiveDateTime = Timestamp,
        now: NaiveDateTime = Timestamp,
        day_ago: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO idempotency_key AS held (caller, operation, idem_key, subject, body_digest, state_cd, \
         ticket, lease_until, created_dtm, keep_answer) VALUES ("
        {caller} ", " {operation} ", " {key} ", " {subject} ", " {body_digest} ", '10', "
        {ticket} ", " {lease_until} ", " {now}
        ", TRUE) ON CONFLICT (caller, operation, idem_key) DO UPDATE SET subject = excluded.subject, \
         body_digest = excluded.body_digest, state_cd = '10', ticket = excluded.ticket, \
         lease_until = excluded.lease_until, created_dtm = excluded.created_dtm, keep_answer = TRUE, \
         answered_dtm = NULL, answer_status = NULL, answer_content_type = NULL, answer_body = NULL \
         WHERE held.created_dtm <= " {day_ago}
        " OR (held.state_cd = '10' AND held.lease_until <= " {now}
        " AND held.body_digest = excluded.body_digest)"
    }
}

crate::statement! {
    struct FindKey<'a> {
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
    } -> (Text, Bool, Nullable<Integer>, Nullable<Text>, Nullable<Text>)
    sql {
        "SELECT body_digest, state_cd = '10', answer_status, answer_content_type, answer_body \
         FROM idempotency_key WHERE caller = " {caller} " AND operation = " {operation} " AND idem_key = " {key}
    }
}

crate::statement! {
    struct Complete<'a> {
        now: NaiveDateTime = Timestamp,
        status: i32 = Integer,
        content_type: &'a str = Text,
        body: &'a str = Text,
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
        ticket: &'a str = Text,
    }
    sql {
        "UPDATE idempotency_key SET answered_dtm = " {now}
        ", state_cd = CASE WHEN keep_answer THEN '20' ELSE '30' END"
        ", answer_status = CASE WHEN keep_answer THEN " {status} " END"
        ", answer_content_type = CASE WHEN keep_answer THEN " {content_type} " END"
        ", answer_body = CASE WHEN keep_answer THEN " {body} " END"
        " WHERE caller = " {caller} " AND operation = " {operation} " AND idem_key = " {key}
        " AND ticket = " {ticket} " AND state_cd = '10'"
    }
}

crate::statement! {
    struct Abandon<'a> {
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
        ticket: &'a str = Text,
    }
    sql {
        "DELETE FROM idempotency_key WHERE caller = " {caller} " AND operation = " {operation}
        " AND idem_key = " {key} " AND ticket = " {ticket} " AND state_cd = '10'"
    }
}

crate::statement! {
    struct EndLeases {
        now: NaiveDateTime = Timestamp,
    }
    sql { "UPDATE idempotency_key SET lease_until = " {now} " WHERE state_cd = '10' AND lease_until > " {now} }
}

crate::statement! {
    struct Forget<'a> {
        subject: &'a str = Text,
        except_operation: &'a str = Text,
    }
    sql {
        "UPDATE idempotency_key SET keep_answer = FALSE"
        ", state_cd = CASE WHEN state_cd = '10' THEN '10' ELSE '30' END"
        ", answer_status = NULL, answer_content_type = NULL, answer_body = NULL"
        " WHERE subject = " {subject} " AND operation <> " {except_operation} " AND keep_answer"
    }
}

crate::statement! {
    struct PurgeBefore {
        at: NaiveDateTime = Timestamp,
    }
    sql { "DELETE FROM idempotency_key WHERE created_dtm < " {at} }
}
