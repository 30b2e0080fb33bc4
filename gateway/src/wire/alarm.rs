//! A timer for bounds that are hardly ever reached.
//!
//! Every request has several of them, and each would enter and leave the runtime's timer wheel under a lock. An alarm
//! stays in the wheel instead: moving its end further away only notes the new one, and a wheel that rings too early is
//! wound up again.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

#[derive(Debug)]
pub(crate) struct Alarm {
    timer: Pin<Box<Sleep>>,
    end: Instant,
}

impl Alarm {
    pub(crate) fn after(bound: Duration) -> Self {
        let end = Instant::now() + bound;
        Self { timer: Box::pin(sleep_until(end)), end }
    }

    /// Begins anew.
    pub(crate) fn set(&mut self, bound: Duration) {
        self.end = Instant::now() + bound;
        if self.end < self.timer.deadline() {
            self.timer.as_mut().reset(self.end);
        }
    }

    /// Ready when the time is over.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.timer.as_mut().poll(context));
            if self.end <= self.timer.deadline() {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(self.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_rings_at_the_end_that_was_set_last() {
        let began = Instant::now();
        let mut alarm = Alarm::after(Duration::from_secs(5));
        for (seconds, end) in [(7, 7), (3, 10), (9, 19)] {
            alarm.set(Duration::from_secs(seconds));
            poll_fn(|context| alarm.poll(context)).await;
            // The wheel counts whole milliseconds.
            let late = began.elapsed() - Duration::from_secs(end);
            assert!(late < Duration::from_millis(10), "{late:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_end_moved_away_in_time_is_not_reached() {
        let mut alarm = Alarm::after(Duration::from_secs(5));
        for _ in 0..10 {
            alarm.set(Duration::from_secs(5));
            let work = tokio::time::sleep(Duration::from_secs(4));
            tokio::pin!(work);
            let is_rung = poll_fn(|context| {
                if alarm.poll(context).is_ready() {
                    return Poll::Ready(true);
                }
                work.as_mut().poll(context).map(|()| false)
            });
            assert!(!is_rung.await);
        }
    }
}
