//! The keys in the hands of this process, renewed as long as their requests go on.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use db::DbError;
use db::idempotency::{self, Ticket};
use platform::clock::Clock;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::OnceState;

/// How long a key is held without a sign of life. Two seconds are left for clocks that differ, so that whoever repeats a
/// request gets its key ten seconds after the holder's death at the latest (contract, section 1).
pub const LEASE: Duration = Duration::from_secs(8);
/// How often keys are renewed, and how old a request is by then: most have ended and cost nothing here. Two renewals may
/// fail before a lease ends.
const EVERY: Duration = Duration::from_secs(2);
/// No request takes as long; one that hangs gives its key up.
const LONGEST_REQUEST: Duration = Duration::from_secs(300);

/// All keys of one process. Clones are of one process.
#[derive(Clone, Debug, Default)]
pub struct HeldKeys(Arc<Mutex<InHand>>);

#[derive(Debug, Default)]
struct InHand {
    next_number: u64,
    keys: HashMap<u64, Key>,
}

#[derive(Debug)]
struct Key {
    since: Instant,
    ticket: Arc<Ticket>,
}

/// A key as its request holds it. It is renewed no longer when this is gone.
pub(super) struct Held {
    pub(super) ticket: Arc<Ticket>,
    pub(super) identity: String,
    pub(super) clock: Clock,
    is_completed: AtomicBool,
    all: HeldKeys,
    number: u64,
}

impl Held {
    /// Whether the answer was kept in the transaction of its effect.
    pub(super) fn is_completed(&self) -> bool {
        self.is_completed.load(Ordering::Acquire)
    }

    /// The answer was kept in the transaction of its effect.
    pub(super) fn conclude(&self) {
        self.is_completed.store(true, Ordering::Release);
        self.all.let_go(self.number);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.let_go(self.number);
    }
}

impl HeldKeys {
    pub(super) fn hold(&self, ticket: Ticket, identity: String, clock: Clock) -> Arc<Held> {
        let ticket = Arc::new(ticket);
        let key = Key { since: Instant::now(), ticket: Arc::clone(&ticket) };
        let mut in_hand = self.lock();
        let number = in_hand.next_number;
        in_hand.next_number += 1;
        in_hand.keys.insert(number, key);
        drop(in_hand);
        let is_completed = AtomicBool::new(false);
        Arc::new(Held { ticket, identity, clock, is_completed, all: self.clone(), number })
    }

    fn let_go(&self, number: u64) {
        self.lock().keys.remove(&number);
    }

    /// Those of requests that take their time.
    fn to_renew(&self, now: Instant) -> Vec<Arc<Ticket>> {
        let in_hand = self.lock();
        let is_due = |key: &&Key| (EVERY..LONGEST_REQUEST).contains(&now.duration_since(key.since));
        in_hand.keys.values().filter(is_due).map(|key| Arc::clone(&key.ticket)).collect()
    }

    /// Nothing panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, InHand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives a sign of life for every request that goes on, until it is told to stop.
///
/// Where that fails, leases end and other requests may take the keys over; then nothing of the slow ones happens.
pub(crate) async fn renew_regularly(state: OnceState, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(error) = renew(&state).await {
            tracing::warn!(%error, "idempotency keys in flight could not be renewed");
        }
    }
}

async fn renew(state: &OnceState) -> Result<(), DbError> {
    let tickets = state.held.to_renew(Instant::now());
    if tickets.is_empty() {
        return Ok(());
    }
    let clock = state.clock.clone();
    let renewal = state.db.write(move |conn| {
        let tickets: Vec<&Ticket> = tickets.iter().map(Arc::as_ref).collect();
        Ok::<_, DbError>(idempotency::renew(conn, clock.now(), &tickets, LEASE)?)
    });
    renewal.await.map(drop)
}

#[cfg(test)]
mod tests {
    use db::idempotency::{Begin, Scope};
    use db::{Db, Migrations};
    use diesel_migrations::embed_migrations;
    use test_kit::TestDatabase;

    use super::*;

    const NO_MIGRATIONS: Migrations = Migrations {
        sqlite: embed_migrations!("tests/no-migrations"),
        postgres: embed_migrations!("tests/no-migrations"),
    };

    async fn hold(keys: &HeldKeys, db: &Db, key: &'static str) -> Arc<Held> {
        let clock = Clock::system();
        let now = clock.now();
        let scope = Scope {
            caller: "service:shop@1".to_owned(),
            subject: "shop".to_owned(),
            operation: "goods",
            key: key.to_owned(),
            body_digest: "d".to_owned(),
        };
        let begun =
            db.write(move |conn| idempotency::begin(conn, now, &scope, LEASE).map_err(DbError::from)).await;
        let Ok(Begin::Fresh(ticket)) = begun else { panic!("expected a ticket and got {begun:?}") };
        keys.hold(ticket, key.to_owned(), clock)
    }

    #[tokio::test]
    async fn a_key_is_renewed_until_its_request_ends_and_no_longer_than_a_request_takes() {
        let database = TestDatabase::new();
        let db = database.open();
        db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
        let keys = HeldKeys::default();
        let begun = Instant::now();
        let answered = hold(&keys, &db, "answered").await;
        let failed = hold(&keys, &db, "failed").await;
        let hanging = hold(&keys, &db, "hanging").await;
        let all_began = Instant::now();
        let renewed = |at: Instant| keys.to_renew(at).len();
        assert_eq!(renewed(begun), 0, "most requests have ended before anything is renewed");
        assert_eq!(renewed(all_began + EVERY), 3);
        answered.conclude();
        assert_eq!(renewed(all_began + EVERY), 2, "what is answered is let go");
        drop(failed);
        assert_eq!(renewed(all_began + EVERY), 1, "and so is what has ended in any other way");
        assert_eq!(renewed(all_began + Duration::from_secs(300)), 0, "one that hangs gives its key up");
        drop((answered, hanging));
        assert!(keys.lock().keys.is_empty());
    }
}
