#![doc = include_str!("../README.md")]

pub mod clock;
pub mod config;
pub mod metrics;
pub mod telemetry;

pub mod drain;
pub mod error;
pub mod form;
pub mod loopback;

pub mod answer;
pub mod extract;
pub mod gate;
pub mod health;
pub mod identity;
pub mod operations;
pub mod request_context;
pub mod server;

pub mod http_client;
