#![doc = include_str!("../README.md")]

pub mod app;
pub mod routes;
pub mod settings;
pub mod state;

pub mod api;
pub mod clients;
pub mod domain;
pub mod refusals;
pub mod secrets;
pub mod store;
pub mod usecase;
pub mod worker;
