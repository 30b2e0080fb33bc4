//! The skeleton of a service, run for real.

mod gate;
mod housekeeping;
mod once;
mod outbox;
mod probe;
mod sisters;
