//! What operators are given, held against the code.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a field that is missing, or a file that can't be read, fails its test"
)]

mod house;

mod compose;
mod desk;
mod images;
mod kubernetes;
mod migrations;
mod network;
mod observability;
mod routes;
mod settings;
