//! The skeleton of a service, run for real.
#![expect(clippy::indexing_slicing, reason = "a test that meets another answer than it expects should stop")]

mod gate;
mod housekeeping;
mod leave_no_trace;
mod looks;
mod once;
mod outbox;
mod probe;
mod sisters;
mod unread_bodies;
