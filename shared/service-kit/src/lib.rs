#![doc = include_str!("../README.md")]

pub mod application;
pub mod error;
pub mod once;
pub mod outbox_worker;
pub mod routes;
pub mod start;

mod housekeeping;
