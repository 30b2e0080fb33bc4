//! Who waits for a claim hears when it moves, instead of asking the database over and over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use commerce::OrderNo;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::{Mutex as TurnLock, OwnedMutexGuard};
use tokio::time::Instant;

/// Moves that may be on their way to a listener before it has to look for itself.
const MOST_WAITING: usize = 256;
/// How long to trust the silence: another replica's moves are not heard here.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// 진행 알림 within one process. Clones share it.
#[derive(Clone, Debug)]
pub struct Progress {
    moved: broadcast::Sender<OrderNo>,
    turns: Arc<Mutex<HashMap<OrderNo, Weak<TurnLock<()>>>>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { moved: broadcast::Sender::new(MOST_WAITING), turns: Arc::default() }
    }
}

impl Progress {
    /// A claim of this order has moved, and it is committed.
    pub fn tell(&self, order_no: &OrderNo) {
        // Nobody may be listening.
        let _ = self.moved.send(order_no.clone());
    }

    pub fn listen(&self, order_no: &OrderNo) -> Listener {
        Listener { moved: self.moved.subscribe(), order_no: order_no.clone() }
    }

    /// The right to try for a claim of this order, in order of arrival: those who wait do not knock at the database.
    /// `None` when the deadline comes first.
    pub async fn turn(&self, order_no: &OrderNo, deadline: Instant) -> Option<OwnedMutexGuard<()>> {
        let lock = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, lock| lock.strong_count() > 0);
            let known = turns.get(order_no).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let fresh = Arc::new(TurnLock::new(()));
                turns.insert(order_no.clone(), Arc::downgrade(&fresh));
                fresh
            })
        };
        tokio::time::timeout_at(deadline, lock.lock_owned()).await.ok()
    }
}

#[derive(Debug)]
pub struct Listener {
    moved: broadcast::Receiver<OrderNo>,
    order_no: OrderNo,
}

impl Listener {
    /// Returns when a claim of the order may have moved; `false` at the deadline.
    pub async fn wait(&mut self, deadline: Instant) -> bool {
        let now = Instant::now();
        if now >= deadline {
            return false;
        }
        let look_again = deadline.min(now + LOOK_EVERY);
        let heard = async {
            loop {
                match self.moved.recv().await {
                    Ok(order_no) if order_no != self.order_no => {}
                    // What was missed may have been this order's.
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        let _ = tokio::time::timeout_at(look_again, heard).await;
        true
    }
}
