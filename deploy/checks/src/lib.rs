#![doc = include_str!("../README.md")]

pub mod yaml;

pub mod kustomize;
pub mod schema;

pub mod network;
pub mod workload;
