//! The skeleton of a service, run for real.

mod gate;
mod housekeeping;
mod leave_no_trace;
mod looks;
mod once;
mod outbox;
mod probe;
mod sisters;
mod unread_bodies;
