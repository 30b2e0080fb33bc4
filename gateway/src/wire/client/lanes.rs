//! Connections without a request, by the service they lead to.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::task::Context;
use std::time::{Duration, Instant};

use contract::operations::Upstream;

use super::Lane;
use crate::per_service::PerService;

#[derive(Debug)]
pub(super) struct Lanes {
    services: PerService<RefCell<VecDeque<Idle>>>,
    limit: usize,
    keep_alive: Duration,
}

#[derive(Debug)]
struct Idle {
    lane: Lane,
    since: Instant,
}

impl Lanes {
    pub(super) fn new(limit: usize, keep_alive: Duration) -> Self {
        Self { services: PerService::default(), limit, keep_alive }
    }

    /// The connection used last that is still good.
    pub(super) fn take(&self, upstream: Upstream, context: &mut Context<'_>) -> Option<Lane> {
        let mut idle = self.services[upstream].borrow_mut();
        while let Some(Idle { mut lane, since }) = idle.pop_back() {
            if since.elapsed() >= self.keep_alive {
                // Those before it are older still.
                idle.clear();
            } else if lane.is_quiet(context) {
                return Some(lane);
            }
        }
        None
    }

    pub(super) fn put(&self, lane: Lane) {
        let Some(lane) = lane.rest() else { return };
        let since = Instant::now();
        let mut idle = self.services[lane.upstream()].borrow_mut();
        while idle.front().is_some_and(|oldest| since.duration_since(oldest.since) >= self.keep_alive) {
            idle.pop_front();
        }
        if idle.len() < self.limit {
            idle.push_back(Idle { lane, since });
        }
    }
}
