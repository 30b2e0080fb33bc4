//! [`Db`]: the one way from asynchronous code to a database.

use crate::checkpoint;
use crate::connection::DbConnection;
use crate::error::DbError;
use crate::migrate::{self, MigrateError, Migrations};
use crate::pool::{Limits, Pool};
use crate::session::Purpose;
use crate::settings::DatabaseSettings;
use crate::target::{OpenError, Target};
use crate::transaction;
use diesel::prelude::*;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A handle to the database of one service; clones share connections and threads.
///
/// Work runs as plain blocking code on threads that belong to the handle, as many as there are
/// connections: one hop per call, and no caller can take the threads of another part of the process.
/// A caller that goes away does not stop its work: what has begun is finished and committed.
#[derive(Clone)]
pub struct Db {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    target: Arc<Target>,
    pub(crate) readers: Arc<Pool>,
    /// On PostgreSQL the same pool as `readers`.
    pub(crate) writers: Arc<Pool>,
}

impl Db {
    /// Checks the settings. The database itself may still be down: connections are opened when needed.
    pub fn open(settings: &DatabaseSettings) -> Result<Self, OpenError> {
        let target = Arc::new(Target::from_settings(settings)?);
        let limits = limits(settings)?;
        let pool = |purpose, size| {
            Pool::start(Arc::clone(&target), purpose, Limits { size, ..limits })
                .map(Arc::new)
                .map_err(OpenError::Threads)
        };
        let (readers, writers) = match target.backend() {
            Backend::Postgres => {
                let both = pool(Purpose::Write, limits.size)?;
                (Arc::clone(&both), both)
            }
            // A second writer could only wait for the first, and at a worse place.
            Backend::Sqlite => (pool(Purpose::Read, limits.size)?, pool(Purpose::Write, NonZeroU32::MIN)?),
        };
        Ok(Self { inner: Arc::new(Inner { target, readers, writers }) })
    }

    /// Brings the tables up to date: those of this crate, then those of the service.
    ///
    /// Blocks, and waits for another process that migrates the same database. A database that is newer
    /// than this program is left alone.
    pub fn migrate(&self, service: Migrations) -> Result<(), MigrateError> {
        migrate::run(&self.inner.target, service)
    }

    /// Runs queries that change nothing, without a transaction: each statement sees the newest state.
    /// SQLite refuses a change made here.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.inner.readers.run(work).await
    }

    /// Runs queries that change nothing and must all see the same state. Costs two more round trips.
    pub async fn snapshot<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.inner.readers.run(|conn| transaction::snapshot(conn, work)).await
    }

    /// Runs one transaction: committed on `Ok`, rolled back on `Err` and on a panic.
    ///
    /// Writers follow one another on SQLite. On PostgreSQL they run side by side (READ COMMITTED), so
    /// rows that a decision rests on are read through [`for_update!`](crate::for_update).
    ///
    /// A transaction that the database ended for the sake of another is run again, so `work` may be called several
    /// times and must do nothing but queries.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut DbConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.inner.writers.run(|conn| transaction::write(conn, work)).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read(|conn| {
            diesel::select(1.into_sql::<diesel::sql_types::Integer>()).get_result::<i32>(conn)?;
            Ok(())
        })
        .await
    }

    /// Empties SQLite's write-ahead log, which keeps old values after a change; PostgreSQL needs nothing.
    /// [`DbError::Busy`] when a reader still needs the log: ask again.
    pub async fn checkpoint(&self) -> Result<(), DbError> {
        match self.backend() {
            Backend::Postgres => Ok(()),
            Backend::Sqlite => self.inner.writers.run(checkpoint::truncate_log).await,
        }
    }

    pub fn backend(&self) -> Backend {
        self.inner.target.backend()
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("backend", &self.backend()).finish_non_exhaustive()
    }
}

fn limits(settings: &DatabaseSettings) -> Result<Limits, OpenError> {
    let size = settings.pool_size.unwrap_or_else(|| {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        u32::try_from(cores.saturating_mul(2)).unwrap_or(u32::MAX)
    });
    Ok(Limits {
        size: NonZeroU32::new(size).ok_or(OpenError::EmptyPool)?,
        max_waiting: settings.max_waiting,
        acquire_timeout: Duration::from_millis(settings.acquire_timeout_ms),
    })
}
