//! What the holder of a key does to keep it.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Text, Timestamp};
use std::time::Duration;

use super::Ticket;
use crate::connection::{DbBackend, DbConnection};
use crate::time::{after, column};

/// Has the leases of these tickets end a `lease` after `now`, and says how many there were to renew: a key that is
/// answered, taken back or taken over by another request stays as it is.
///
/// A key that another transaction is just changing is passed over: nobody waits here for it, so nobody ever waits for
/// several of them in a circle.
pub fn renew(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    tickets: &[&Ticket],
    lease: Duration,
) -> QueryResult<usize> {
    let until = column(after(now, lease));
    let passes_over_locked = match conn {
        #[cfg(feature = "postgres")]
        DbConnection::Postgres(_) => true,
        DbConnection::Sqlite(_) => false,
    };
    let mut renewed: usize = 0;
    for tickets in tickets.chunks(crate::ROWS_AT_ONCE) {
        renewed = renewed.saturating_add(Renew { until, tickets, passes_over_locked }.execute(conn)?);
    }
    Ok(renewed)
}

/// Renews one lease inside the transaction of an effect whose answer is not made yet. `false`: the ticket is lost to
/// another request, which will carry the effect out; roll back. Nobody can take the key over before this transaction ends.
pub fn confirm(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    ticket: &Ticket,
    lease: Duration,
) -> QueryResult<bool> {
    let confirmed = Confirm {
        until: column(after(now, lease)),
        caller: &ticket.caller,
        operation: ticket.operation,
        key: &ticket.key,
        ticket: &ticket.number,
    }
    .execute(conn)?;
    Ok(confirmed == 1)
}

// `make bench` measures it (`cancels`), as those of a key that is taken and completed.
crate::statement! {
    struct Confirm<'a> {
        until: NaiveDateTime = Timestamp,
        caller: &'a str = Text,
        operation: &'a str = Text,
        key: &'a str = Text,
        ticket: &'a str = Text,
    }
    sql {
        "UPDATE idempotency_key SET lease_until = " {until} " WHERE caller = " {caller}
        " AND operation = " {operation} " AND idem_key = " {key} " AND ticket = " {ticket} " AND state_cd = '10'"
    }
}

/// Its text depends on the number of keys, and tells a connection which statement it is.
#[derive(Debug)]
struct Renew<'a> {
    until: NaiveDateTime,
    tickets: &'a [&'a Ticket],
    passes_over_locked: bool,
}

impl Renew<'_> {
    /// Each key is found by the table's own.
    fn held<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("state_cd = '10'");
        let mut opening = " AND ((caller = ";
        for ticket in self.tickets {
            out.push_sql(opening);
            out.push_bind_param::<Text, _>(&ticket.caller)?;
            out.push_sql(" AND operation = ");
            out.push_bind_param::<Text, _>(ticket.operation)?;
            out.push_sql(" AND idem_key = ");
            out.push_bind_param::<Text, _>(&ticket.key)?;
            out.push_sql(" AND ticket = ");
            out.push_bind_param::<Text, _>(&ticket.number)?;
            opening = ") OR (caller = ";
        }
        out.push_sql("))");
        Ok(())
    }
}

impl QueryFragment<DbBackend> for Renew<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("UPDATE idempotency_key SET lease_until = ");
        out.push_bind_param::<Timestamp, _>(&self.until)?;
        out.push_sql(" WHERE ");
        if !self.passes_over_locked {
            return self.held(out);
        }
        // The ARRAY makes the inner query run exactly once.
        out.push_sql("ctid = ANY(ARRAY(SELECT ctid FROM idempotency_key WHERE ");
        self.held(out.reborrow())?;
        out.push_sql(" FOR UPDATE SKIP LOCKED))");
        Ok(())
    }
}

impl QueryId for Renew<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<DbConnection> for Renew<'_> {}
