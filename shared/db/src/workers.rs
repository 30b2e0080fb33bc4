//! Threads that do blocking work, and the queue in front of them.
//!
//! The queue belongs to the threads: one that has finished takes the next piece of work without sleeping in between.
//! It is served in order of arrival, it has an end, and nobody waits in it longer than its patience.

use crate::error::DbError;
use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{io, thread};
use tokio::sync::{Semaphore, oneshot};

/// As many threads as work may go on at once. They end with this value, each when it has finished what it does.
pub(crate) struct Workers {
    queue: Arc<Queue>,
    /// One permit for each piece of work, whether it goes on or waits.
    places: Arc<Semaphore>,
    patience: Duration,
}

/// Pieces of work at one moment.
pub(crate) struct Load {
    pub(crate) at_work: u64,
    pub(crate) waiting: u64,
}

impl Workers {
    pub(crate) fn start(threads: NonZeroU32, max_waiting: usize, patience: Duration) -> io::Result<Self> {
        let threads = usize::try_from(threads.get()).unwrap_or(usize::MAX);
        let places = threads.saturating_add(max_waiting).min(Semaphore::MAX_PERMITS);
        let queue = Arc::new(Queue { threads, state: Mutex::default(), arrival: Condvar::new() });
        let workers = Self { queue, places: Arc::new(Semaphore::new(places)), patience };
        for _ in 0..threads {
            let queue = Arc::clone(&workers.queue);
            thread::Builder::new().name("database".to_owned()).spawn(move || queue.serve())?;
        }
        Ok(workers)
    }

    /// How much goes on and how much waits just now.
    pub(crate) fn load(&self) -> Load {
        let state = self.queue.lock();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Load { at_work: count(state.at_work), waiting: count(state.waiting.len()) }
    }

    /// Has work done by the next free thread, under the caller's span.
    ///
    /// Work that has begun is finished, whether its caller still waits or not. Work that has not begun when its caller
    /// goes away, or after the whole patience, never begins.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DbError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| DbError::Busy)?;
        let (reply, mut replied) = oneshot::channel();
        let span = tracing::Span::current();
        let mut waiting = self.queue.push(Box::new(move || {
            let _span = span.entered();
            let outcome = work();
            // A caller that has its answer finds its place free again.
            drop(place);
            // One that has gone away needs no answer.
            let _ = reply.send(outcome);
        }));
        let outcome = if waiting.has_a_thread {
            replied.await
        } else {
            match tokio::time::timeout(self.patience, &mut replied).await {
                Ok(outcome) => outcome,
                Err(_) if waiting.withdraw() => return Err(DbError::Busy),
                // It has begun.
                Err(_) => replied.await,
            }
        };
        waiting.conclude();
        // A panic drops the reply unsent.
        outcome.map_err(|_| DbError::Panicked)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.queue.lock().is_closed = true;
        self.queue.arrival.notify_all();
    }
}

type Work = Box<dyn FnOnce() + Send>;

struct Queue {
    threads: usize,
    state: Mutex<State>,
    arrival: Condvar,
}

#[derive(Default)]
struct State {
    /// Tickets rise from front to back.
    waiting: VecDeque<(u64, Work)>,
    next_ticket: u64,
    /// Pieces of work that have begun and not ended.
    at_work: usize,
    /// Threads that sleep until something arrives.
    asleep: usize,
    is_closed: bool,
}

impl Queue {
    fn push(&self, work: Work) -> Waiting<'_> {
        let mut state = self.lock();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        let has_a_thread = state.waiting.len() + state.at_work < self.threads;
        state.waiting.push_back((ticket, work));
        let is_anyone_asleep = state.asleep > 0;
        drop(state);
        // Waking costs a call into the kernel. A thread that is awake looks here before it sleeps.
        if is_anyone_asleep {
            self.arrival.notify_one();
        }
        Waiting { queue: self, ticket: Some(ticket), has_a_thread }
    }

    /// What each thread does until there will be no work any more.
    fn serve(&self) {
        let mut state = self.lock();
        loop {
            if let Some((_, work)) = state.waiting.pop_front() {
                state.at_work += 1;
                drop(state);
                // Its caller hears of a panic.
                let _ = catch_unwind(AssertUnwindSafe(work));
                state = self.lock();
                state.at_work -= 1;
            } else if state.is_closed {
                return;
            } else {
                state.asleep += 1;
                state = self.arrival.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.asleep -= 1;
            }
        }
    }

    /// Takes work back that has not begun.
    fn take_back(&self, ticket: u64) -> Option<Work> {
        let mut state = self.lock();
        let place = state.waiting.binary_search_by_key(&ticket, |(ticket, _)| *ticket).ok()?;
        state.waiting.remove(place).map(|(_, work)| work)
    }

    /// Nothing panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A caller in the queue. It leaves the queue when it goes away.
struct Waiting<'a> {
    queue: &'a Queue,
    ticket: Option<u64>,
    /// The work begins at once: there are fewer before it than threads.
    has_a_thread: bool,
}

impl Waiting<'_> {
    /// Whether the work was still waiting, and so will never begin.
    fn withdraw(&mut self) -> bool {
        self.ticket.take().is_some_and(|ticket| self.queue.take_back(ticket).is_some())
    }

    /// The work is over; there is nothing to take back.
    fn conclude(mut self) {
        self.ticket = None;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.withdraw();
    }
}
