//! Opens connections and puts each session into the state the house relies on.

use crate::connection::DbConnection;
use crate::error::ConnectFailure;
use crate::owner_only;
use crate::target::{SqliteTarget, Target};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::time::{Duration, Instant};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
    Migrate,
}

/// A migration waits for requests that another process is still serving.
const MIGRATION_PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn connect(target: &Target, purpose: Purpose) -> Result<DbConnection, ConnectFailure> {
    match target {
        Target::Sqlite(target) => sqlite(target, purpose).map(DbConnection::Sqlite),
        #[cfg(feature = "postgres")]
        Target::Postgres(target) => postgres::connect(target, purpose).map(DbConnection::Postgres),
    }
}

fn sqlite(target: &SqliteTarget, purpose: Purpose) -> Result<SqliteConnection, ConnectFailure> {
    let path = &target.path;
    let patience = if purpose == Purpose::Migrate { MIGRATION_PATIENCE } else { target.patience };
    let shown = path.display();
    let text = path.to_str().ok_or_else(|| ConnectFailure::new(format!("`{shown}` is not UTF-8")))?;
    owner_only::folder_of(path).map_err(|(folder, error)| {
        ConnectFailure::new(format!("the folder `{}` cannot be created: {error}", folder.display()))
    })?;
    owner_only::database(path);
    let mut conn = SqliteConnection::establish(text)
        .map_err(|error| ConnectFailure::new(format!("`{shown}` cannot be opened: {error}")))?;
    prepare_sqlite(&mut conn, purpose, patience)
        .map_err(|error| ConnectFailure::new(format!("`{shown}` cannot be set up: {error}")))?;
    Ok(conn)
}

/// Pragmas belong to the connection and the patience must come first: the later ones may meet a lock.
fn prepare_sqlite(conn: &mut SqliteConnection, purpose: Purpose, patience: Duration) -> QueryResult<()> {
    conn.batch_execute(&format!("PRAGMA busy_timeout = {}", patience.as_millis()))?;
    switch_to_wal(conn, patience)?;
    // A change that was acknowledged survives a power cut.
    conn.batch_execute("PRAGMA synchronous = FULL")?;
    conn.batch_execute("PRAGMA foreign_keys = ON")?;
    // Masked personal data must not stay behind in free pages.
    conn.batch_execute("PRAGMA secure_delete = ON")?;
    if purpose == Purpose::Read {
        conn.batch_execute("PRAGMA query_only = ON")?;
    }
    Ok(())
}

/// The switch needs the file for itself and SQLite does not wait for it as it does for other locks,
/// so two processes that open a new database together would fail now and then.
#[expect(clippy::disallowed_methods, reason = "connections are opened on threads that may block")]
fn switch_to_wal(conn: &mut SqliteConnection, patience: Duration) -> QueryResult<()> {
    let started = Instant::now();
    loop {
        match conn.batch_execute("PRAGMA journal_mode = WAL") {
            Err(_) if started.elapsed() < patience => std::thread::sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use super::Purpose;
    use crate::error::ConnectFailure;
    use crate::lost_race;
    use crate::target::PostgresTarget;
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use secrecy::ExposeSecret;

    pub(super) fn connect(target: &PostgresTarget, purpose: Purpose) -> Result<PgConnection, ConnectFailure> {
        let mut conn = PgConnection::establish(target.url.expose_secret()).map_err(without_secrets)?;
        conn.batch_execute(&session(target, purpose))
            .map_err(|error| ConnectFailure::new(format!("the session cannot be set up: {error}")))?;
        lost_race::listen(&mut conn);
        Ok(conn)
    }

    /// One round trip. diesel itself has already set the time zone to UTC.
    fn session(target: &PostgresTarget, purpose: Purpose) -> String {
        // Compiling a plan costs more than any query of ours runs.
        let mut sql = String::from("SET jit = off;");
        if purpose == Purpose::Migrate {
            sql.push_str("SET statement_timeout = 0;");
        } else {
            sql.push_str(&format!("SET statement_timeout = {};", target.statement_timeout_ms));
            // A process that stopped in the middle must not keep its row locks longer than its idempotency keys.
            sql.push_str("SET idle_in_transaction_session_timeout = 8000;");
        }
        if let Some(schema) = &target.schema {
            sql.push_str(&format!("SET search_path = \"{schema}\";"));
        }
        sql
    }

    /// libpq quotes pieces of a URL it cannot read, password included; only messages about a server
    /// that was reached, or tried, are passed on.
    fn without_secrets(error: ConnectionError) -> ConnectFailure {
        let text = error.to_string();
        if text.starts_with("connection to server") {
            ConnectFailure::new(text.trim_end().to_owned())
        } else if text.starts_with("could not translate host name") {
            ConnectFailure::new("the host name of the database URL cannot be resolved")
        } else {
            ConnectFailure::new("libpq cannot use the database URL")
        }
    }
}
