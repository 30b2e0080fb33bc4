#![doc = include_str!("../README.md")]

pub mod app;
pub mod routes;
pub mod settings;

pub mod api;
pub mod worker;

pub mod usecase;

pub mod domain;

pub mod store;
