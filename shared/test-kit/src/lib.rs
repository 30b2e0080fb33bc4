#![doc = include_str!("../README.md")]

pub mod database;

pub use database::TestDatabase;
pub mod identity;
pub mod service;
