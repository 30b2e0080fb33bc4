//! The skeleton of a service, run for real.

mod gate;
mod once;
mod outbox;
mod probe;
mod sisters;
