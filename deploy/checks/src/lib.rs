#![doc = include_str!("../README.md")]
#![expect(
    clippy::indexing_slicing,
    reason = "manifests are JSON values here: reading what is not there gives null, and only tests use this crate"
)]

pub mod yaml;

pub mod kustomize;
pub mod migrations;
pub mod schema;

pub mod network;
pub mod workload;
