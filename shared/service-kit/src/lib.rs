#![doc = include_str!("../README.md")]

pub mod application;
pub mod commands;
pub mod error;
pub mod housekeeping;
pub mod leave_no_trace;
pub mod looks;
pub mod once;
pub mod outbox;
pub mod personal;
pub mod routes;
pub mod sealer;
pub mod start;

mod observed;
