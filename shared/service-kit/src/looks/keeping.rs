//! Looks are put down by one writer of the process: what comes while a transaction goes on shares the next one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::ResultCode;
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use platform::clock::Clock;
use platform::error::Problem;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::Looked;
use crate::error::from_db;

/// Answers that may wait for the writer; beyond them requests wait for a place.
const WAITING: usize = 1_024;
/// Answers whose looks share one transaction.
const AT_ONCE: usize = 64;

/// How a service puts looks down, inside a transaction.
pub type Keep = fn(&mut DbConnection, DateTime<Utc>, &[Looked]) -> QueryResult<()>;

/// For whoever has looks to put down.
pub struct Keeping {
    clock: Clock,
    queue: mpsc::Sender<Waiting>,
}

/// The one who puts them down.
pub(crate) struct Writer {
    db: Db,
    clock: Clock,
    keep: Keep,
    queue: mpsc::Receiver<Waiting>,
}

/// An answer that waits for its looks.
struct Waiting {
    looks: Vec<Looked>,
    done: oneshot::Sender<Result<(), ResultCode>>,
}

pub(crate) fn keeping(db: &Db, clock: &Clock, keep: Keep) -> (Keeping, Writer) {
    let (sender, queue) = mpsc::channel(WAITING);
    (
        Keeping { clock: clock.clone(), queue: sender },
        Writer { db: db.clone(), clock: clock.clone(), keep, queue },
    )
}

impl Keeping {
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Returns when they are put down.
    pub(super) async fn keep(&self, looks: Vec<Looked>) -> Result<(), Problem> {
        if looks.is_empty() {
            return Ok(());
        }
        let (done, is_done) = oneshot::channel();
        let gone = || Problem::internal("nobody puts looks down any more");
        self.queue.send(Waiting { looks, done }).await.map_err(|_| gone())?;
        match is_done.await.map_err(|_| gone())? {
            Ok(()) => Ok(()),
            Err(code @ ResultCode::ServiceUnavailable) => Err(Problem::new(code).retry_after(1)),
            Err(code) => Err(Problem::new(code)),
        }
    }
}

impl Writer {
    /// Until told to stop, when nobody is left who would wait.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        let mut waiting = Vec::with_capacity(AT_ONCE);
        loop {
            tokio::select! {
                biased;
                count = self.queue.recv_many(&mut waiting, AT_ONCE) => if count == 0 { return },
                () = stop.cancelled() => return,
            }
            let mut looks = Vec::new();
            for one in &mut waiting {
                looks.append(&mut one.looks);
            }
            let result = self.write(looks).await;
            for one in waiting.drain(..) {
                // Who has gone away needs no word.
                let _ = one.done.send(result);
            }
        }
    }

    async fn write(&self, looks: Vec<Looked>) -> Result<(), ResultCode> {
        let (keep, now, looks) = (self.keep, self.clock.now(), Arc::new(looks));
        let written =
            self.db.write(move |conn| keep(conn, now, &looks).map_err(DbError::from)).await.map_err(from_db);
        written.map_err(|problem| {
            tracing::error!(cause = problem.chain(), "looks can't be put down, and nothing is shown");
            problem.code
        })
    }
}
