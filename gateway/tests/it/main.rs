//! The gateway as the street sees it: the real application on a free port, a stub in the place of the services.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at what it didn't expect")]

mod app;
mod keys;
mod raw;
mod recorder;
mod scale;
mod stub;

mod answer_forms;
mod auth;
mod bodies;
mod cors;
mod crowds;
mod desk;
mod docs;
mod headers;
mod hostile_tokens;
mod key_sets;
mod limits;
mod login_info;
mod malformed;
mod mutations;
mod overload;
mod rooms;
mod routing;
mod slow;
mod unread_bodies;
mod upstream_down;
