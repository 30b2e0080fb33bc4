#![doc = include_str!("../README.md")]

pub mod database;
pub mod dump;
pub mod identity;
pub mod looks;
pub mod rooms;
pub mod service;

pub use database::TestDatabase;
