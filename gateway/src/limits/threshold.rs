//! Where those who have just connected wait for their turn.

use tokio::sync::Semaphore;
use tokio::task::yield_now;

/// Lets one newcomer of a worker in between two looks at what has arrived on the connections that are there already.
///
/// Thousands who come in the same moment would otherwise all be served before a caller who came earlier and asks again.
pub(crate) struct Threshold(Semaphore);

impl Threshold {
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(1))
    }

    /// Waits for one's turn, in the order of arrival.
    pub(crate) async fn cross(&self) {
        // It is never closed.
        let _turn = self.0.acquire().await;
        yield_now().await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn residents_have_a_turn_for_each_newcomer() {
        const NEWCOMERS: usize = 100;
        let (threshold, turns) = (Rc::new(Threshold::new()), Rc::new(Cell::new(0_usize)));
        let room = tokio::task::LocalSet::new();
        let counting = Rc::clone(&turns);
        room.spawn_local(async move {
            loop {
                yield_now().await;
                counting.set(counting.get() + 1);
            }
        });
        let newcomers = (0..NEWCOMERS).map(|_| {
            let threshold = Rc::clone(&threshold);
            room.spawn_local(async move { threshold.cross().await })
        });
        let newcomers = newcomers.collect::<Vec<_>>();
        room.run_until(join_all(newcomers)).await;
        assert!(turns.get() >= NEWCOMERS - 1, "only {} turns", turns.get());
    }
}
