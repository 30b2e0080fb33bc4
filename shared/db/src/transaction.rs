//! Transactions that mean the same on both databases.

use crate::connection::DbConnection;
use crate::error::DbError;
use crate::lost_race;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use std::time::{Duration, Instant};

type Manager = <DbConnection as Connection>::TransactionManager;

/// How often one piece of work is tried in all, and how long after its beginning another try may begin.
const TRIES: u32 = 20;
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest pause before the second try. It doubles with each one, up to [`LONGEST_PAUSE`]; each is a random part of it.
const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(64);

/// One writing transaction, and again if PostgreSQL ended it for the sake of another (40001, 40P01): it did nothing then,
/// and on an engine that is serializable that is how most races end.
pub(crate) fn write<T, E>(
    conn: &mut DbConnection,
    work: impl Fn(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        let outcome = write_once(conn, &work);
        if outcome.is_ok() || !lost_race::is_told(conn) || started.elapsed() >= PATIENCE {
            return outcome;
        }
        wait_up_to(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    write_once(conn, work)
}

#[expect(clippy::disallowed_methods, reason = "transactions run on threads that may block")]
fn wait_up_to(pause: Duration) {
    std::thread::sleep(pause.mul_f64(rand::random()));
}

/// One writing transaction: committed on `Ok`, rolled back on `Err`.
///
/// SQLite takes its write lock at once. A plain `BEGIN` takes it at the first write, and a transaction
/// that has read by then fails with "database is locked" without waiting when another writer was quicker.
/// Nothing may be open already: one transaction per request.
fn write_once<T, E>(
    conn: &mut DbConnection,
    work: impl FnOnce(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    let begun = match conn {
        #[cfg(feature = "postgres")]
        DbConnection::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN"),
        DbConnection::Sqlite(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")
        }
    };
    finish(conn, begun, work)
}

/// Several reads that see one state of the database.
pub(crate) fn snapshot<T, E>(
    conn: &mut DbConnection,
    work: impl FnOnce(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    let begun = match conn {
        #[cfg(feature = "postgres")]
        DbConnection::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(
            inner,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
        DbConnection::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN"),
    };
    finish(conn, begun, work)
}

/// A rollback that fails leaves the transaction open; the pool sees that and drops the connection,
/// which rolls back as well. So the reason of the work is the one worth reporting.
fn finish<T, E>(
    conn: &mut DbConnection,
    begun: QueryResult<()>,
    work: impl FnOnce(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    begun.map_err(DbError::from)?;
    let outcome = work(conn)
        .and_then(|result| commit(conn).map(|()| result).map_err(|error| E::from(DbError::from(error))));
    // A commit that failed has ended the transaction or left it open, depending on the reason.
    if outcome.is_err()
        && is_broken(conn)
        && let Err(error) = Manager::rollback_transaction(conn)
    {
        tracing::warn!(error = %error, "the transaction could not be rolled back; its connection is dropped");
    }
    outcome
}

/// PostgreSQL answers `COMMIT` with success although it rolls back, when an earlier statement failed and
/// the work went on regardless. That must not pass as a success here.
fn commit(conn: &mut DbConnection) -> QueryResult<()> {
    let status = Manager::transaction_manager_status_mut(conn).transaction_state()?;
    if status.in_transaction.as_ref().is_some_and(|open| open.requires_rollback_maybe_up_to_top_level) {
        let reason = "a statement of the transaction failed and its error was ignored".to_owned();
        return Err(QueryError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(reason)));
    }
    Manager::commit_transaction(conn)
}

/// Whether a transaction was left open, or the connection is lost.
pub(crate) fn is_broken(conn: &mut DbConnection) -> bool {
    Manager::is_broken_transaction_manager(conn)
}
