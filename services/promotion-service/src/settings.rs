//! What an operator decides; every key is explained in `config/default.toml`.

use db::DatabaseSettings;

use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};

use serde::Deserialize;

/// Prefix of this service's variables in the environment.
pub const PREFIX: &str = "PROMOTION";
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
}
