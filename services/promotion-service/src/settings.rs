//! What an operator decides; every key is explained in `config/default.toml`.

use std::collections::HashMap;
use std::num::NonZeroU32;

use db::DatabaseSettings;
use platform::config::{self, ConfigError};
use platform::http_client::ClientSettings;
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};
use serde::Deserialize;
use service_kit::outbox::worker::OutboxSettings;

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
    pub upstreams: UpstreamSettings,
    #[serde(default)]
    pub client: ClientSettings,
    #[serde(default)]
    pub outbox: OutboxSettings,
    /// 마일리지 유효일수: without it mileage never expires.
    #[serde(default)]
    pub mileage_valid_days: Option<NonZeroU32>,
    #[serde(default = "ten_minutes")]
    pub mileage_expiry_every_seconds: u64,
}

/// Base URLs of the services it calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub inquiry_url: String,
}

const fn ten_minutes() -> u64 {
    600
}

/// The name by which operators know `mileage_valid_days`; it is heard without this service's prefix too.
const MILEAGE_VALID_DAYS: &str = "MILEAGE_VALID_DAYS";

/// Loads the settings from the defaults, the file and the environment.
pub fn load() -> Result<Settings, ConfigError> {
    load_from(std::env::vars().collect())
}

/// As [`load`], with the environment as an argument. An empty number of days is none.
pub fn load_from(mut environment: HashMap<String, String>) -> Result<Settings, ConfigError> {
    let own = format!("{PREFIX}_{MILEAGE_VALID_DAYS}");
    let days = environment.remove(&own).or_else(|| environment.remove(MILEAGE_VALID_DAYS));
    if let Some(days) = days.filter(|days| !days.is_empty()) {
        environment.insert(own, days);
    }
    config::load_from(PREFIX, DEFAULTS, environment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(variables: &[(&str, &str)]) -> Result<Option<u32>, ConfigError> {
        let given = [
            ("PROMOTION_DATABASE__URL", "sqlite:///tmp/x"),
            ("PROMOTION_IDENTITY__SECRET", "s"),
            ("PROMOTION_UPSTREAMS__INQUIRY_URL", "x"),
        ];
        let environment =
            given.iter().chain(variables).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        load_from(environment.collect()).map(|settings| settings.mileage_valid_days.map(NonZeroU32::get))
    }

    #[test]
    fn mileage_lasts_for_ever_unless_days_are_set() {
        assert_eq!(days(&[]).unwrap(), None);
        assert_eq!(days(&[("MILEAGE_VALID_DAYS", "")]).unwrap(), None);
        assert_eq!(days(&[("MILEAGE_VALID_DAYS", "365")]).unwrap(), Some(365));
        assert_eq!(
            days(&[("PROMOTION_MILEAGE_VALID_DAYS", "30"), ("MILEAGE_VALID_DAYS", "365")]).unwrap(),
            Some(30)
        );
        assert!(days(&[("MILEAGE_VALID_DAYS", "0")]).is_err());
        assert!(days(&[("MILEAGE_VALID_DAYS", "a year")]).is_err());
    }
}
