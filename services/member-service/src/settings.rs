//! What an operator decides; every key is explained in `config/default.toml`.

pub mod guest_token;
pub mod notification;
pub mod orders;
pub mod passwords;

use db::DatabaseSettings;
use platform::http_client::ClientSettings;
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};
use secrecy::SecretString;
use serde::Deserialize;
use service_kit::outbox::worker::OutboxSettings;
use service_kit::sealer::DataKeySettings;

use guest_token::GuestTokenSettings;
use notification::NotificationSettings;
use orders::OrderSettings;
use passwords::PasswordSettings;

/// Prefix of this service's variables in the environment.
pub const PREFIX: &str = "MEMBER";
pub const DEFAULTS: &str = include_str!("../config/default.toml");

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default)]
    pub profile: Profile,
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
    pub secrets: SecretSettings,
    pub guest_token: GuestTokenSettings,
    #[serde(default)]
    pub passwords: PasswordSettings,
    #[serde(default)]
    pub notification: NotificationSettings,
    #[serde(default)]
    pub orders: OrderSettings,
}

/// What kind of place this process runs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    #[default]
    Development,
    /// Refuses what is only good enough for a developer's machine.
    Production,
}

/// Base URLs of the sister services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub claim_url: String,
    pub inquiry_url: String,
    pub promotion_url: String,
}

/// The key from which the keys for personal data are derived.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretSettings {
    /// 32 bytes in base64.
    pub data_key: SecretString,
    /// Another one that opens, and seals nothing: only while the key is changed.
    pub previous_data_key: Option<SecretString>,
    /// What `member-service digest-key` has said of data keys that are gone, separated by commas.
    pub retired_digest_keys: Option<SecretString>,
}

impl SecretSettings {
    pub fn data_keys(&self) -> DataKeySettings {
        DataKeySettings { data_key: self.data_key.clone(), previous_data_key: self.previous_data_key.clone() }
    }
}
