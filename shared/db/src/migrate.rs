//! Brings tables up to date, one process at a time.

use crate::connection::DbConnection;
use crate::error::ConnectFailure;
use crate::owner_only;
use crate::session::{self, Purpose};
use crate::target::Target;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// The migrations of a service, the same steps in both dialects.
///
/// ```text
/// pub const MIGRATIONS: Migrations = Migrations {
///     sqlite: embed_migrations!("migrations/sqlite"),
///     postgres: embed_migrations!("migrations/postgres"),
/// };
/// ```
/// Folder names start with a number (`0001_orders`); this crate's own start with a letter, because both
/// are recorded in the same table.
pub struct Migrations {
    pub sqlite: EmbeddedMigrations,
    pub postgres: EmbeddedMigrations,
}

/// Outbox, inbox and idempotency keys: every service has them.
const FOUNDATION: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

/// Why the tables could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("there is no connection to migrate over")]
    Connect(#[source] ConnectFailure),
    #[error("the migration lock `{path}` cannot be taken")]
    LockFile {
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("the migration lock or the schema cannot be had")]
    Prepare(#[source] diesel::result::Error),
    #[error("a migration of the {set} failed")]
    Run {
        set: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The lock is held over all steps of both sets, because diesel takes none of its own. It is let go with
/// the connection or the file, so a process that dies in the middle does not keep it.
pub(crate) fn run(target: &Target, service: Migrations) -> Result<(), MigrateError> {
    let conn = session::connect(target, Purpose::Migrate).map_err(MigrateError::Connect)?;
    match (conn, target) {
        (DbConnection::Sqlite(mut conn), Target::Sqlite(target)) => {
            let _lock = lock_beside(&target.path)?;
            run_both(&mut conn, FOUNDATION.sqlite, service.sqlite)
        }
        #[cfg(feature = "postgres")]
        (DbConnection::Postgres(mut conn), Target::Postgres(target)) => {
            postgres::lock(&mut conn, target.schema.as_deref()).map_err(MigrateError::Prepare)?;
            run_both(&mut conn, FOUNDATION.postgres, service.postgres)
        }
        #[cfg(feature = "postgres")]
        (DbConnection::Sqlite(_), Target::Postgres(_)) | (DbConnection::Postgres(_), Target::Sqlite(_)) => {
            unreachable!("a connection leads where its target says")
        }
    }
}

fn run_both<C>(
    conn: &mut C,
    foundation: EmbeddedMigrations,
    service: EmbeddedMigrations,
) -> Result<(), MigrateError>
where
    C: Connection + MigrationHarness<C::Backend>,
    EmbeddedMigrations: MigrationSource<C::Backend>,
{
    for (set, migrations) in [("foundation", foundation), ("service", service)] {
        let applied =
            conn.run_pending_migrations(migrations).map_err(|source| MigrateError::Run { set, source })?;
        for version in applied {
            tracing::info!(migration.set = set, migration.version = %version, "the tables were migrated");
        }
    }
    Ok(())
}

/// A lock inside SQLite would be a transaction, and the migrations bring their own. So a file beside the
/// database is locked; it stays there, empty, since removing it would let two processes lock two files.
fn lock_beside(path: &Path) -> Result<File, MigrateError> {
    let mut lock_path = path.as_os_str().to_owned();
    lock_path.push(".migration-lock");
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(owner_only::FILE)
        .open(&lock_path)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|source| MigrateError::LockFile { path: lock_path.to_string_lossy().into_owned(), source })
}

#[cfg(feature = "postgres")]
mod postgres {
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::sql_types::{Bool, Nullable, Text};

    #[derive(QueryableByName)]
    struct Answer {
        #[diesel(sql_type = Bool)]
        yes: bool,
    }

    /// One lock per schema, held by the session. The schema is made under it, and only when it is
    /// missing: `IF NOT EXISTS` would ask for the right to create schemas in either case.
    pub(super) fn lock(conn: &mut PgConnection, schema: Option<&str>) -> QueryResult<()> {
        diesel::sql_query(
            "SELECT pg_advisory_lock(hashtextextended('migrate ' || coalesce($1, current_schema(), ''), 0)) \
             IS NULL AS yes",
        )
        .bind::<Nullable<Text>, _>(schema)
        .get_result::<Answer>(conn)?;
        let Some(schema) = schema else { return Ok(()) };
        let known: Answer =
            diesel::sql_query("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1) AS yes")
                .bind::<Text, _>(schema)
                .get_result(conn)?;
        if !known.yes {
            conn.batch_execute(&format!("CREATE SCHEMA \"{schema}\""))?;
        }
        Ok(())
    }
}
