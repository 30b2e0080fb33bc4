//! A request is carried out once, however often it arrives (contract, section 1 "Idempotency").
//!
//! [`begin`] puts the key in flight, [`complete`] stores the answer in the transaction of the effect,
//! [`abandon`] takes the key back when nothing happened. The key is held by a ticket with a lease, which its
//! holder [renews](renew) as long as it lives: when the process dies, the next request with the same body
//! takes the key over, and the old ticket is void.

mod renewing;

pub use renewing::{confirm, renew};

use crate::connection::DbConnection;
use crate::schema::idempotency_key as key;
use crate::time::{after, column};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};
use std::time::Duration;
use uuid::Uuid;

/// How long an answer is repeated.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// What `state_cd` says.
const IN_FLIGHT: &str = "10";
const FORGOTTEN: &str = "30";

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
    /// The key was used for another body, or its answer was not kept, or may not be shown any more.
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

/// An answer as it is sent.
#[derive(Debug, Clone, Copy)]
pub struct SentAnswer<'a> {
    pub status: i32,
    pub content_type: &'a str,
    pub body: &'a str,
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
    let row: KeyRow = key::table
        .find((&scope.caller, scope.operation, &scope.key))
        .select((
            key::body_digest,
            key::state_cd.eq(IN_FLIGHT),
            key::answer_status,
            key::answer_content_type,
            key::answer_body,
        ))
        .first(conn)?;
    Ok(row.outcome_for(&scope.body_digest))
}

/// Stores the answer, in the transaction of the effect. `false`: the ticket is lost to another request,
/// which will carry the effect out; roll back.
///
/// Of an answer that is not kept the key stays, so a repeat is a reuse.
pub fn complete(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    ticket: &Ticket,
    answer: Option<SentAnswer<'_>>,
) -> QueryResult<bool> {
    let updated = Complete {
        now: column(now),
        is_kept: answer.is_some(),
        status: answer.map(|answer| answer.status),
        content_type: answer.map(|answer| answer.content_type),
        body: answer.map(|answer| answer.body),
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
    diesel::delete(key::table.find((&ticket.caller, ticket.operation, &ticket.key)))
        .filter(key::ticket.eq(&ticket.number))
        .filter(key::state_cd.eq(IN_FLIGHT))
        .execute(conn)
        .map(drop)
}

/// Ends the leases of all keys in flight: for a process that starts as the only one on its database, when those who
/// held a key can only be dead.
pub fn end_leases(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(key::table)
        .filter(key::state_cd.eq(IN_FLIGHT))
        .filter(key::lease_until.gt(column(now)))
        .set(key::lease_until.eq(column(now)))
        .execute(conn)
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
    let is_in_flight = key::state_cd.eq(IN_FLIGHT);
    let state = case_when(is_in_flight, IN_FLIGHT.into_sql::<Text>()).otherwise(FORGOTTEN);
    diesel::update(key::table)
        .filter(key::subject.eq(caller_subject))
        .filter(key::operation.ne(except_operation))
        .filter(key::keep_answer)
        .set((
            key::keep_answer.eq(false),
            key::state_cd.eq(state),
            key::answer_status.eq(None::<i32>),
            key::answer_content_type.eq(None::<&str>),
            key::answer_body.eq(None::<&str>),
        ))
        .execute(conn)
}

/// Deletes keys made before `at`, so many at most; those older than a day mean nothing any more.
pub fn purge_before(conn: &mut DbConnection, at: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    PurgeBefore { at: column(at), limit }.execute(conn)
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

// `make bench` measures these two and the one of `renewing` (`cancels`): every request with a key runs them. Parsed anew at every
// call, they would cost three times as much.
//
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
    struct Complete<'a> {
        now: NaiveDateTime = Timestamp,
        is_kept: bool = Bool,
        status: Option<i32> = Nullable<Integer>,
        content_type: Option<&'a str> = Nullable<Text>,
        body: Option<&'a str> = Nullable<Text>,
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
        ticket: &'a str = Text,
    }
    sql {
        "UPDATE idempotency_key SET answered_dtm = " {now}
        ", state_cd = CASE WHEN keep_answer AND " {is_kept} " THEN '20' ELSE '30' END"
        ", answer_status = CASE WHEN keep_answer THEN " {status} " END"
        ", answer_content_type = CASE WHEN keep_answer THEN " {content_type} " END"
        ", answer_body = CASE WHEN keep_answer THEN " {body} " END"
        " WHERE caller = " {caller} " AND operation = " {operation} " AND idem_key = " {key}
        " AND ticket = " {ticket} " AND state_cd = '10'"
    }
}

// diesel has no IN for several columns at once. The condition stands outside once more: an aged key may be taken anew
// between the two looks.
crate::statement! {
    struct PurgeBefore {
        at: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM idempotency_key WHERE created_dtm < " {at}
        " AND (caller, operation, idem_key) IN (SELECT caller, operation, idem_key FROM idempotency_key \
         WHERE created_dtm < " {at} " ORDER BY created_dtm, caller, operation, idem_key LIMIT " {limit} ")"
    }
}
