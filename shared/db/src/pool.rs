//! Connections that wait for work, and callers that wait for connections.
//!
//! A pool of our own instead of r2d2: callers queue without holding a thread, the queue has an end,
//! and a database that cannot be reached is reported at once with its reason rather than as a timeout.

use crate::connection::DbConnection;
use crate::error::{ConnectFailure, DbError};
use crate::session::{self, Purpose};
use crate::target::Target;
use crate::transaction;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(crate) struct Pool {
    target: Arc<Target>,
    purpose: Purpose,
    /// One permit per connection.
    connections: Arc<Semaphore>,
    /// One permit per place in the queue.
    places: Semaphore,
    acquire_timeout: Duration,
    idle: Mutex<Vec<Lent>>,
}

/// Limits of one pool.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) size: usize,
    pub(crate) max_waiting: usize,
    pub(crate) acquire_timeout: Duration,
}

/// A connection with its age.
pub(crate) struct Lent {
    pub(crate) conn: DbConnection,
    opened: Instant,
}

/// Old connections are replaced, so that memory of the server and changed addresses are let go.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);

impl Pool {
    pub(crate) fn new(target: Arc<Target>, purpose: Purpose, limits: Limits) -> Self {
        Self {
            target,
            purpose,
            connections: Arc::new(Semaphore::new(limits.size)),
            places: Semaphore::new(limits.max_waiting),
            acquire_timeout: limits.acquire_timeout,
            idle: Mutex::new(Vec::with_capacity(limits.size)),
        }
    }

    /// The right to hold one connection, given in order of arrival.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, DbError> {
        if let Ok(turn) = Arc::clone(&self.connections).try_acquire_owned() {
            return Ok(turn);
        }
        let _place = self.places.try_acquire().map_err(|_| DbError::Busy)?;
        match tokio::time::timeout(
            self.acquire_timeout,
            Arc::clone(&self.connections).acquire_owned(),
        )
        .await
        {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(DbError::Busy),
        }
    }

    /// A connection for the holder of a turn. Blocks while a new one is opened.
    pub(crate) fn take(&self) -> Result<Lent, ConnectFailure> {
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match waiting {
            Some(lent) => Ok(lent),
            None => Ok(Lent {
                conn: session::connect(&self.target, self.purpose)?,
                opened: Instant::now(),
            }),
        }
    }

    /// Takes a connection back. A broken one is dropped together with those that wait: what closed
    /// one of them, a restarted server for example, has closed the others too.
    pub(crate) fn give_back(&self, mut lent: Lent) {
        if transaction::is_broken(&mut lent.conn) {
            let suspects = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
            drop(suspects);
        } else if lent.opened.elapsed() < MAX_AGE {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(lent);
        }
    }
}
