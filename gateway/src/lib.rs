#![doc = include_str!("../README.md")]

mod app;
mod worker;

mod wire;

mod door;
mod limits;

mod pages;

mod edge_status;
mod error;

mod per_service;
mod settings;

pub use app::{Application, StartError};
pub use door::{RouteTableError, SetRefusal, SourceError};
pub use edge_status::BizErrorStatus;
pub use settings::{
    Algorithm, DEFAULTS, DeskSettings, IssuerSettings, KeySettings, LimitSettings, PREFIX, Quota,
    RateSettings, Settings, SettingsError, TokenSettings, UpstreamSettings,
};
