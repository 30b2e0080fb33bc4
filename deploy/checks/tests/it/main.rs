//! What operators are given, held against the code.
#![expect(clippy::indexing_slicing, reason = "a field that is missing from a manifest fails its test")]

mod house;

mod compose;
mod images;
mod kubernetes;
mod network;
mod observability;
mod settings;
