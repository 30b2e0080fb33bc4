#![doc = include_str!("../README.md")]

pub mod app;
pub mod operator;
pub mod routes;
pub mod settings;

pub mod api;
pub mod clients;
pub mod commands;
pub mod domain;
pub mod refusals;
pub mod store;
pub mod usecase;
pub mod worker;
