#![doc = include_str!("../README.md")]

mod alarm;
mod app;
mod connection;
mod open_files;
mod per_service;
mod settings;
mod threshold;
mod worker;

mod address_cap;
mod admission;
mod auth;
mod bulkheads;
mod cors;
mod rate_limit;
mod route_table;

mod forward;
mod identity;
mod trace;

mod docs;
mod edge_status;
mod error;
mod own_pages;

pub use app::{Application, StartError};
pub use auth::{Algorithm, SetRefusal, SourceError};
pub use edge_status::BizErrorStatus;
pub use error::chain as error_chain;
pub use route_table::RouteTableError;
pub use settings::{
    DEFAULTS, IssuerSettings, KeySettings, LimitSettings, PREFIX, Quota, RateSettings, Settings,
    SettingsError, TokenSettings, UpstreamSettings,
};
