//! Connections that wait for work, and the threads that use them.
//!
//! r2d2 keeps the connections. Each has a thread, so a thread never waits for another's connection; callers wait in the
//! threads' queue without holding a thread themselves.

use crate::connection::DbConnection;
use crate::error::{ConnectFailure, DbError};
use crate::session::{self, Purpose};
use crate::target::Target;
use crate::transaction;
use crate::watch::PoolLoad;
use crate::workers::Workers;
use r2d2::{HandleError, ManageConnection, PooledConnection};
use std::io;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub(crate) struct Pool {
    connections: r2d2::Pool<Manager>,
    failures: Arc<Failures>,
    /// One thread per connection.
    workers: Workers,
    acquire_timeout: Duration,
}

/// Limits of one pool.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) size: NonZeroU32,
    pub(crate) max_waiting: usize,
    pub(crate) acquire_timeout: Duration,
}

/// Old connections are replaced, so that memory of the server and changed addresses are let go.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);
/// How often a caller who waits for a new connection looks whether opening it has failed already.
const GLANCE: Duration = Duration::from_millis(50);

impl Pool {
    /// Opens no connection yet: the database may still be down.
    pub(crate) fn start(target: Arc<Target>, purpose: Purpose, limits: Limits) -> io::Result<Self> {
        let failures = Arc::new(Failures::default());
        let manager = Manager { target, purpose, generation: AtomicU64::new(0) };
        let connections = r2d2::Pool::builder()
            .max_size(limits.size.get())
            .min_idle(Some(0))
            // The manager only compares two numbers: no round trip.
            .test_on_check_out(true)
            .max_lifetime(Some(MAX_AGE))
            .idle_timeout(None)
            .connection_timeout(limits.acquire_timeout)
            .error_handler(Box::new(Arc::clone(&failures)))
            .build_unchecked(manager);
        let workers = Workers::start(limits.size, limits.max_waiting, limits.acquire_timeout)?;
        Ok(Self { connections, failures, workers, acquire_timeout: limits.acquire_timeout })
    }

    /// How full it is just now. The figures are read one after the other and may be a caller apart.
    pub(crate) fn load(&self, pool: &'static str) -> PoolLoad {
        let load = self.workers.load();
        PoolLoad {
            pool,
            limit: self.connections.max_size().into(),
            open: self.connections.state().connections.into(),
            in_use: load.at_work,
            waiting: load.waiting,
        }
    }

    /// Does blocking work on a thread of the pool, with a connection.
    pub(crate) async fn run<T, E>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut DbConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let pool = Arc::clone(self);
        let outcome = self.workers.run(move || {
            let mut lent = pool.take().map_err(DbError::from)?;
            // The connection goes back with the end of this, also with a panic's.
            work(&mut lent.conn)
        });
        outcome.await?
    }

    /// A connection for one of the threads. Blocks while a new one is opened; a database that can't be reached is
    /// reported with its reason as soon as that is known, and not after the whole patience.
    fn take(&self) -> Result<PooledConnection<Manager>, ConnectFailure> {
        let started = Instant::now();
        let failures_before = self.failures.count();
        loop {
            match self.connections.get_timeout(GLANCE) {
                Ok(connection) => return Ok(connection),
                Err(error) => {
                    if self.failures.count() > failures_before || started.elapsed() >= self.acquire_timeout {
                        return Err(ConnectFailure::new(
                            self.failures.last().unwrap_or_else(|| error.to_string()),
                        ));
                    }
                }
            }
        }
    }
}

/// Opens connections for r2d2 and says which may be lent.
pub(crate) struct Manager {
    target: Arc<Target>,
    purpose: Purpose,
    /// Counts how often a connection broke. What closed one of them, a restarted server for example, has closed the
    /// older ones too: those are not lent again.
    generation: AtomicU64,
}

/// A connection and the generation it was opened in.
pub(crate) struct Lent {
    pub(crate) conn: DbConnection,
    generation: u64,
}

/// A connection of an earlier generation.
#[derive(Debug, thiserror::Error)]
#[error("the connection is older than a failure of another")]
pub(crate) struct Suspect;

/// Why r2d2 has no connection to lend.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unlendable {
    #[error(transparent)]
    Connect(#[from] ConnectFailure),
    #[error(transparent)]
    Suspect(#[from] Suspect),
}

impl ManageConnection for Manager {
    type Connection = Lent;
    type Error = Unlendable;

    fn connect(&self) -> Result<Lent, Unlendable> {
        let generation = self.generation.load(Ordering::Acquire);
        Ok(Lent { conn: session::connect(&self.target, self.purpose)?, generation })
    }

    fn is_valid(&self, lent: &mut Lent) -> Result<(), Unlendable> {
        if lent.generation == self.generation.load(Ordering::Acquire) { Ok(()) } else { Err(Suspect.into()) }
    }

    /// Asked when a connection comes back. One that comes back from a panic is in the middle of its transaction, and
    /// broken for that; closing it rolls the work back.
    fn has_broken(&self, lent: &mut Lent) -> bool {
        if std::thread::panicking() {
            return true;
        }
        if !transaction::is_broken(&mut lent.conn) {
            return false;
        }
        // Of many that break together only the first starts a new generation.
        let next = lent.generation.saturating_add(1);
        let _ = self.generation.compare_exchange(lent.generation, next, Ordering::AcqRel, Ordering::Acquire);
        true
    }
}

/// What went wrong while connections were opened.
#[derive(Debug, Default)]
struct Failures {
    count: AtomicU64,
    last: std::sync::Mutex<Option<String>>,
}

impl Failures {
    fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    fn last(&self) -> Option<String> {
        self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl HandleError<Unlendable> for Arc<Failures> {
    fn handle_error(&self, error: Unlendable) {
        // A connection that only is not lent again is no failure to report.
        if let Unlendable::Connect(failure) = error {
            *self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(failure.to_string());
            self.count.fetch_add(1, Ordering::AcqRel);
        }
    }
}
