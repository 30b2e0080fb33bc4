#![doc = include_str!("../README.md")]

pub mod clock;
pub mod config;
pub mod metrics;
pub mod telemetry;

pub mod drain;
pub mod error;
pub mod form;
pub mod loopback;
pub mod owner_only;

pub mod answer;
pub mod body_budget;
pub mod budget;
pub mod extract;
pub mod gate;
pub mod health;
pub mod household;
pub mod identity;
pub mod operations;
pub mod request_context;
pub mod server;
pub mod unread_body;

pub mod http_client;
