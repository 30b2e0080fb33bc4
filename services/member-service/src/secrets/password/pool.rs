//! The threads that hash, and their callers who wait.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{io, mem};

use platform::household::Household;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::PasswordError;
use super::hasher::Hasher;
use super::line::{Line, Queue, Ticket};
use crate::settings::passwords::PasswordSettings;

/// As many threads as passwords may be hashed at once, each with memory of its own. They end with this value, when nobody waits
/// any more.
pub(super) struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    guest_patience: Duration,
    intake_patience: Duration,
}

struct Shared {
    state: Mutex<State>,
    arrival: Condvar,
}

struct State {
    line: Line<Waiting>,
    is_closed: bool,
}

/// A piece of work and the moment it came.
struct Waiting {
    since: Instant,
    work: Work,
}

/// Done with a hasher, or told that there will be none for it.
type Work = Box<dyn FnOnce(Result<&mut Hasher, PasswordError>) + Send>;

impl Pool {
    pub(super) fn start(settings: &PasswordSettings) -> io::Result<Self> {
        let line = Line::new(settings.guests_waiting, settings.intakes);
        let state = Mutex::new(State { line, is_closed: false });
        let mut pool = Self {
            shared: Arc::new(Shared { state, arrival: Condvar::new() }),
            threads: Vec::new(),
            guest_patience: settings.guest_patience(),
            intake_patience: settings.intake_patience(),
        };
        for _ in 0..settings.thread_count() {
            let shared = Arc::clone(&pool.shared);
            let thread = thread::Builder::new().name("password".to_owned()).spawn(move || shared.serve())?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Has one password worked on in its household's turn.
    ///
    /// Work that has begun is finished, whether its caller still waits or not. Work that has not begun when its caller goes away,
    /// or after the whole patience, never begins.
    pub(super) async fn work_for<T: Send + 'static>(
        &self,
        household: Household,
        work: impl FnOnce(&mut Hasher) -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let (reply, mut replied) = oneshot::channel();
        let work: Work = Box::new(move |hasher| {
            // One that has gone away needs no answer.
            let _ = reply.send(hasher.and_then(work));
        });
        let (ticket, displaced) = self.shared.lock().line.add_guest(household, Waiting::now(work));
        self.shared.arrival.notify_one();
        if let Some(displaced) = displaced {
            (displaced.work)(Err(PasswordError::Busy));
        }
        let place = Place { shared: &self.shared, queue: Queue::Guests, ticket };
        let outcome = match timeout(self.guest_patience, &mut replied).await {
            Ok(outcome) => outcome,
            Err(_) if place.is_given_back() => return Err(PasswordError::Busy),
            // It has begun.
            Err(_) => replied.await,
        };
        // A panic drops the reply unsent.
        outcome.unwrap_or(Err(PasswordError::Panicked))
    }

    /// Hashes the passwords of an intake; all of them within its patience, or none is any use.
    pub(super) async fn hash_all(&self, passwords: Vec<SecretString>) -> Result<Vec<String>, PasswordError> {
        let mut hashes = vec![String::new(); passwords.len()];
        if passwords.is_empty() {
            return Ok(hashes);
        }
        let (reply, mut replies) = mpsc::unbounded_channel();
        let works = passwords.into_iter().enumerate().map(|(place, password)| {
            let reply = reply.clone();
            Waiting::now(Box::new(move |hasher: Result<&mut Hasher, _>| {
                let hash = hasher.and_then(|hasher| hasher.hash(password.expose_secret()));
                // One that has gone away needs no answer.
                let _ = reply.send((place, hash));
            }))
        });
        let works: VecDeque<Waiting> = works.collect();
        drop(reply);
        let ticket = self.shared.lock().line.add_intake(works).ok_or(PasswordError::Busy)?;
        self.shared.arrival.notify_all();
        let _place = Place { shared: &self.shared, queue: Queue::Intakes, ticket };
        let all = async {
            for _ in 0..hashes.len() {
                // A panic drops a reply unsent.
                let (place, hash) = replies.recv().await.ok_or(PasswordError::Panicked)?;
                if let Some(slot) = hashes.get_mut(place) {
                    *slot = hash?;
                }
            }
            Ok(())
        };
        timeout(self.intake_patience, all).await.unwrap_or(Err(PasswordError::Busy))?;
        Ok(hashes)
    }

    /// Passwords that wait just now.
    pub(super) fn waiting(&self, queue: Queue) -> usize {
        self.shared.lock().line.waiting(queue)
    }
}

impl Drop for Pool {
    /// Its callers are gone, so there is at most one hash for each thread to wait for.
    fn drop(&mut self) {
        self.shared.lock().is_closed = true;
        self.shared.arrival.notify_all();
        for thread in mem::take(&mut self.threads) {
            // Panics of work don't reach its thread.
            let _ = thread.join();
        }
    }
}

impl Waiting {
    fn now(work: Work) -> Self {
        Self { since: Instant::now(), work }
    }
}

impl Shared {
    /// What each thread does until there will be no work any more.
    fn serve(&self) {
        let mut hasher = Hasher::default();
        let mut state = self.lock();
        loop {
            if let Some((queue, Waiting { since, work })) = state.line.next() {
                drop(state);
                platform::metrics::get().password_waited(queue.name(), since.elapsed());
                // Its caller hears of a panic.
                let _ = catch_unwind(AssertUnwindSafe(|| work(Ok(&mut hasher))));
                state = self.lock();
            } else if state.is_closed {
                return;
            } else {
                state = self.arrival.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Nothing panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A caller's place in the line. It is free again when the caller goes away.
struct Place<'a> {
    shared: &'a Shared,
    queue: Queue,
    ticket: Ticket,
}

impl Place<'_> {
    /// Whether the work was still waiting, and so will never begin.
    fn is_given_back(&self) -> bool {
        self.shared.lock().line.take_back(self.queue, self.ticket)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.is_given_back();
    }
}
