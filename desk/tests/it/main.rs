//! The desk's files keep to the rules that a browser can't hold them to.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at what it didn't expect")]

mod files;
mod vendor;
mod web;
mod wire;
