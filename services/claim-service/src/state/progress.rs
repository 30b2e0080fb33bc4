//! Who waits for a claim hears when it moves, instead of asking the database over and over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use commerce::{ClaimNo, ClaimStatus, OrderNo};
use tokio::sync::{Mutex as TurnLock, OwnedMutexGuard, watch};
use tokio::time::Instant;

/// How long to trust the silence: another replica's moves are not heard here.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// 진행 알림 within one process. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Orders>);

type Orders = Mutex<HashMap<OrderNo, Weak<Watched>>>;

/// A claim that has moved, and it is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
}

/// An order somebody waits for. It is forgotten with the last who does.
#[derive(Debug)]
struct Watched {
    order_no: OrderNo,
    turn: Arc<TurnLock<()>>,
    moved: watch::Sender<Option<Moved>>,
    all: Weak<Orders>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let Some(all) = self.all.upgrade() else { return };
        let mut orders = locked(&all);
        // Somebody may have come for it since.
        if orders.get(&self.order_no).is_some_and(|watched| watched.strong_count() == 0) {
            orders.remove(&self.order_no);
        }
    }
}

impl Progress {
    pub fn tell(&self, order_no: &OrderNo, moved: Moved) {
        let watched = locked(&self.0).get(order_no).and_then(Weak::upgrade);
        if let Some(watched) = watched {
            watched.moved.send_replace(Some(moved));
        }
    }

    /// Hears of everything that moves from now on.
    pub fn listen(&self, order_no: &OrderNo) -> Listener {
        let watched = self.watched(order_no);
        Listener { moved: watched.moved.subscribe(), _watched: watched }
    }

    /// The right to try for a claim of this order, in order of arrival: those who wait do not knock at the database.
    /// `None` when the deadline comes first.
    pub async fn turn(&self, order_no: &OrderNo, deadline: Instant) -> Option<Turn> {
        let watched = self.watched(order_no);
        let taken = tokio::time::timeout_at(deadline, Arc::clone(&watched.turn).lock_owned()).await.ok()?;
        Some(Turn { _taken: taken, _watched: watched })
    }

    fn watched(&self, order_no: &OrderNo) -> Arc<Watched> {
        let mut orders = locked(&self.0);
        if let Some(watched) = orders.get(order_no).and_then(Weak::upgrade) {
            return watched;
        }
        let fresh = Arc::new(Watched {
            order_no: order_no.clone(),
            turn: Arc::default(),
            moved: watch::Sender::new(None),
            all: Arc::downgrade(&self.0),
        });
        orders.insert(order_no.clone(), Arc::downgrade(&fresh));
        fresh
    }
}

fn locked(orders: &Orders) -> MutexGuard<'_, HashMap<OrderNo, Weak<Watched>>> {
    orders.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to try, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _taken: OwnedMutexGuard<()>,
    _watched: Arc<Watched>,
}

#[derive(Debug)]
pub struct Listener {
    moved: watch::Receiver<Option<Moved>>,
    /// What is listened to stays while somebody does.
    _watched: Arc<Watched>,
}

/// What one wait came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The last claim of the order that moved.
    Moved(Moved),
    /// Nothing for a while; whoever needs to know looks for itself.
    Silence,
    /// The deadline has come.
    TooLate,
}

impl Listener {
    pub async fn wait(&mut self, deadline: Instant) -> Heard {
        let now = Instant::now();
        if now >= deadline {
            return Heard::TooLate;
        }
        let look_again = deadline.min(now + LOOK_EVERY);
        // The sender is in what is watched, so it can't be gone.
        if let Ok(Ok(())) = tokio::time::timeout_at(look_again, self.moved.changed()).await
            && let Some(moved) = self.moved.borrow_and_update().clone()
        {
            return Heard::Moved(moved);
        }
        Heard::Silence
    }

    /// As [`wait`](Self::wait), for whoever looks for itself in any case; `false` at the deadline.
    pub async fn waited(&mut self, deadline: Instant) -> bool {
        self.wait(deadline).await != Heard::TooLate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "20260801O000001";

    fn order_no() -> OrderNo {
        ORDER.parse().unwrap()
    }

    fn moved(serial: u32, status: ClaimStatus) -> Moved {
        Moved { claim_no: format!("20260801C{serial:06}").parse().unwrap(), status }
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[tokio::test]
    async fn a_listener_hears_the_last_move_since_it_began_and_nothing_of_other_orders() {
        let progress = Progress::default();
        progress.tell(&order_no(), moved(1, ClaimStatus::InProgress));
        let mut listener = progress.listen(&order_no());
        let deadline = soon();
        assert_eq!(listener.wait(deadline).await, Heard::Silence);
        progress.tell(&"20260801O000002".parse().unwrap(), moved(2, ClaimStatus::Complete));
        assert_eq!(listener.wait(deadline).await, Heard::Silence);
        progress.tell(&order_no(), moved(3, ClaimStatus::InProgress));
        progress.tell(&order_no(), moved(3, ClaimStatus::Complete));
        assert_eq!(listener.wait(deadline).await, Heard::Moved(moved(3, ClaimStatus::Complete)));
        assert_eq!(listener.wait(deadline).await, Heard::Silence);
        assert_eq!(listener.wait(Instant::now()).await, Heard::TooLate);
    }

    #[tokio::test]
    async fn turns_come_one_after_the_other_until_a_deadline() {
        let progress = Progress::default();
        let first = progress.turn(&order_no(), soon()).await.expect("nobody else has it");
        let at_once = Instant::now() + Duration::from_millis(1);
        assert!(progress.turn(&order_no(), at_once).await.is_none());
        drop(first);
        assert!(progress.turn(&order_no(), soon()).await.is_some());
    }

    #[tokio::test]
    async fn an_order_nobody_waits_for_is_forgotten() {
        let progress = Progress::default();
        let (listener, turn) = (progress.listen(&order_no()), progress.turn(&order_no(), soon()).await);
        assert_eq!(locked(&progress.0).len(), 1);
        drop(turn);
        assert_eq!(locked(&progress.0).len(), 1);
        drop(listener);
        assert_eq!(locked(&progress.0).len(), 0);
    }
}
