#![doc = include_str!("../README.md")]

pub mod application;
pub mod error;
pub mod housekeeping;
pub mod migrate_command;
pub mod once;
pub mod outbox_worker;
pub mod routes;
pub mod sealer;
pub mod start;

mod observed;
