#![doc = include_str!("../README.md")]

pub mod app;
pub mod domain;
pub mod routes;
pub mod settings;
