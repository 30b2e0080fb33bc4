//! What an operator decides; every key is explained in `config/default.toml`.

pub mod refund;

use db::DatabaseSettings;
use platform::http_client::ClientSettings;
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};

use serde::Deserialize;
use service_kit::outbox_worker::OutboxSettings;

use self::refund::RefundSettings;

/// Prefix of this service's variables in the environment.
pub const PREFIX: &str = "CLAIM";
pub const DEFAULTS: &str = include_str!("../config/default.toml");

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default)]
    pub server: ServerSettings,
    #[serde(default)]
    pub log: LogSettings,
    #[serde(default)]
    pub telemetry: TelemetrySettings,
    pub database: DatabaseSettings,
    pub identity: IdentitySettings,
    pub upstreams: UpstreamSettings,
    #[serde(default)]
    pub client: ClientSettings,
    #[serde(default)]
    pub outbox: OutboxSettings,
    #[serde(default)]
    pub refund: RefundSettings,
}

/// Base URLs of the sister services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub member_url: String,
    pub promotion_url: String,
}
