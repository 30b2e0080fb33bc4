//! 즉시 실행: the process that accepted a cancel carries it out at once, with messages that are in its hand from the
//! transaction on that writes them.
//!
//! There are only so many places; without a free one the messages are written as everybody's, and the outbox worker takes
//! them. Whatever is left over when a process dies or an attempt fails is an outbox message like any other.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use db::outbox::Hold;
use platform::http_client::current_traceparent;
use service_kit::outbox_worker::OutboxSettings;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use uuid::Uuid;

use crate::domain::cancel_saga::Command;

use super::ask_receiver::Cause;

/// 실행 자리 of this process. Clones share them.
#[derive(Clone, Debug)]
pub struct Runs {
    owner: Arc<str>,
    places: Arc<Semaphore>,
    begun: mpsc::UnboundedSender<Begun>,
}

/// What is to be done of one cancel: these commands, whose messages this process holds, and what follows from them.
#[derive(Debug)]
pub struct Run {
    pub cause: Cause,
    pub commands: Vec<Command>,
    /// When their messages were written.
    pub asked_at: DateTime<Utc>,
}

/// The right to carry out one cancel, until it is dropped.
#[derive(Debug)]
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

/// A cancel that is to be carried out now.
#[derive(Debug)]
pub struct Begun {
    pub run: Run,
    /// Of the request that was accepted.
    pub traceparent: Option<String>,
    pub place: Place,
}

impl Runs {
    /// So many places, and where begun cancels come out.
    pub fn new(places: usize) -> (Self, mpsc::UnboundedReceiver<Begun>) {
        let (begun, coming) = mpsc::unbounded_channel();
        let owner = Uuid::now_v7().to_string().into();
        (Self { owner, places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))), begun }, coming)
    }

    /// Names this process as the holder of messages.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// How messages are held that are written now.
    pub fn hold(&self, now: DateTime<Utc>, settings: &OutboxSettings) -> Hold {
        let lease = chrono::TimeDelta::from_std(settings.lease()).unwrap_or(chrono::TimeDelta::MAX);
        let until = now.checked_add_signed(lease).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Hold { owner: self.owner.to_string(), until }
    }

    /// `None` while all places are taken, and once the process stops.
    pub fn place(&self) -> Option<Place> {
        Arc::clone(&self.places).try_acquire_owned().ok().map(|permit| Place { _permit: permit })
    }

    /// Has it carried out. To be called once its messages are committed.
    pub fn begin(&self, place: Place, run: Run) {
        // Where nobody receives any more the process stops, and gives back what it holds.
        let _ = self.begun.send(Begun { run, traceparent: current_traceparent(), place });
    }

    /// Gives no more places.
    pub fn close(&self) {
        self.places.close();
    }
}
