//! Settings, typed and checked once at the start.

mod desk;

use std::collections::BTreeMap;
use std::path::PathBuf;

use contract::operations::{self, Role, Upstream};
use platform::config::{ConfigError, comma_list};
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use url::Url;

pub use self::desk::DeskSettings;
use crate::edge_status::BizErrorStatus;

/// Every key with its comment and its default.
pub const DEFAULTS: &str = include_str!("../config/default.toml");
/// How the gateway's variables begin in the environment.
pub const PREFIX: &str = "GATEWAY";
/// Contract, section 1: clocks may not differ by more.
const MAX_LEEWAY_S: u32 = 30;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub biz_error_status: BizErrorStatus,
    #[serde(deserialize_with = "comma_list")]
    pub cors_origins: Vec<String>,
    pub rate_limit: u32,
    pub rate_burst: u32,
    pub rates: RateSettings,
    pub proxy_hops: usize,
    #[serde(deserialize_with = "list_or_json")]
    pub issuers: Vec<IssuerSettings>,
    pub upstreams: UpstreamSettings,
    pub identity: IdentitySettings,
    pub tokens: TokenSettings,
    pub keys: KeySettings,
    pub limits: LimitSettings,
    pub desk: DeskSettings,
    pub server: ServerSettings,
    pub log: LogSettings,
    pub telemetry: TelemetrySettings,
}

/// How often something may happen: so many a second, and so many at once after a pause.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub per_second: u32,
    pub burst: u32,
}

/// What is counted besides the requests of a caller.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateSettings {
    pub counters: usize,
    pub failed_tokens_per_second: u32,
    pub failed_tokens_burst: u32,
    /// By an operation's id in small letters.
    pub operations: BTreeMap<String, Quota>,
}

/// Signature algorithms an issuer may be pinned to. What is not named here can't be used, `none` and HMAC above all.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Algorithm {
    #[serde(rename = "RS256")]
    Rs256,
    #[serde(rename = "ES256")]
    Es256,
}

impl Algorithm {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }
}

/// One signer of tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    pub iss: String,
    pub audience: String,
    pub algorithm: Algorithm,
    #[serde(default)]
    pub jwks_file: Option<PathBuf>,
    #[serde(default)]
    pub jwks_url: Option<Url>,
    #[serde(default)]
    pub jwks_ca_file: Option<PathBuf>,
    #[serde(deserialize_with = "roles")]
    pub roles: Vec<Role>,
    #[serde(default)]
    pub publish: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub member_url: Url,
    pub cs_inquiry_url: Url,
    pub promotion_url: Url,
    pub claim_url: Url,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    pub leeway_s: u32,
    pub max_lifetime_s: u32,
    pub cache_bytes: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    pub refresh_s: u64,
    pub file_check_ms: u64,
    pub unknown_key_refresh_s: u64,
    pub fetch_timeout_ms: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitSettings {
    pub connections_per_address: usize,
    pub head_bytes: usize,
    pub body_idle_ms: u64,
    pub body_total_ms: u64,
    pub body_bytes_per_s: u64,
    pub body_memory_bytes: usize,
    pub answer_idle_ms: u64,
    pub answer_bytes_per_s: u64,
    pub in_flight: usize,
    pub in_flight_per_service: usize,
    pub connect_timeout_ms: u64,
    pub upstream_timeout_ms: u64,
    pub upstream_keep_alive_ms: u64,
    pub upstream_idle_connections: usize,
}

/// Why the gateway doesn't start with these settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(
        "setting `issuers` is missing: list at least one in the file {PREFIX}_CONFIG_FILE names, or as JSON in {PREFIX}_ISSUERS"
    )]
    NoIssuers,
    #[error("setting `issuers` names `{0}` twice")]
    IssuerTwice(String),
    #[error("issuer `{0}` may give no role: set its `roles`")]
    NoRoles(String),
    #[error("setting `upstreams.{0}` must be http://host:port without path, query or user")]
    UpstreamUrl(&'static str),
    #[error("setting `tokens.leeway_s` must be at most {MAX_LEEWAY_S}")]
    Leeway,
    #[error("setting `cors_origins`: `{0}` is no origin such as https://shop.example")]
    Origin(String),
    #[error("setting `rate_burst` must be at least 1")]
    Burst,
    #[error("setting `rates.operations` names `{0}`, which is no operation")]
    UnknownOperation(String),
    #[error("setting `{0}` must be at least 1")]
    Nought(&'static str),
    #[error("setting `keys.{0}` must be at least 1")]
    KeyInterval(&'static str),
    #[error("setting `desk.{0}` {1}")]
    Desk(&'static str, &'static str),
}

impl Settings {
    /// Loads and checks the settings of this process.
    pub fn load() -> Result<Self, SettingsError> {
        let settings: Self = platform::config::load(PREFIX, DEFAULTS)?;
        settings.check()?;
        Ok(settings)
    }

    /// Refuses what can be read but not be meant.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.issuers.is_empty() {
            return Err(SettingsError::NoIssuers);
        }
        for (index, issuer) in self.issuers.iter().enumerate() {
            if self.issuers.iter().take(index).any(|other| other.iss == issuer.iss) {
                return Err(SettingsError::IssuerTwice(issuer.iss.clone()));
            }
            if issuer.roles.is_empty() {
                return Err(SettingsError::NoRoles(issuer.iss.clone()));
            }
        }
        for (name, url) in Upstream::ALL.iter().map(|service| self.upstreams.url(*service)) {
            let is_bare = url.scheme() == "http"
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none();
            if !is_bare {
                return Err(SettingsError::UpstreamUrl(name));
            }
        }
        if self.tokens.leeway_s > MAX_LEEWAY_S {
            return Err(SettingsError::Leeway);
        }
        for origin in &self.cors_origins {
            let is_origin = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !is_origin {
                return Err(SettingsError::Origin(origin.clone()));
            }
        }
        if self.rate_limit > 0 && self.rate_burst == 0 {
            return Err(SettingsError::Burst);
        }
        for (name, quota) in &self.rates.operations {
            if !operations::all().any(|operation| operation.id.eq_ignore_ascii_case(name)) {
                return Err(SettingsError::UnknownOperation(name.clone()));
            }
            if quota.per_second > 0 && quota.burst == 0 {
                return Err(SettingsError::Nought("rates.operations.*.burst"));
            }
        }
        let limits = &self.limits;
        for (name, size) in [
            ("rates.counters", self.rates.counters),
            ("limits.head_bytes", limits.head_bytes),
            ("limits.body_memory_bytes", limits.body_memory_bytes),
            ("limits.in_flight", limits.in_flight),
            ("limits.in_flight_per_service", limits.in_flight_per_service),
        ] {
            if size == 0 {
                return Err(SettingsError::Nought(name));
            }
        }
        for (name, interval) in [
            ("refresh_s", self.keys.refresh_s),
            ("file_check_ms", self.keys.file_check_ms),
            ("unknown_key_refresh_s", self.keys.unknown_key_refresh_s),
        ] {
            if interval == 0 {
                return Err(SettingsError::KeyInterval(name));
            }
        }
        self.desk.check(&self.issuers)
    }

    /// Where and how to listen.
    pub fn server(&self) -> ServerSettings {
        ServerSettings { host: self.host.clone(), port: self.port, ..self.server.clone() }
    }
}

impl UpstreamSettings {
    /// Where a service is to be found, and the name of the setting that says so.
    pub(crate) fn url(&self, upstream: Upstream) -> (&'static str, &Url) {
        match upstream {
            Upstream::Member => ("member_url", &self.member_url),
            Upstream::Inquiry => ("cs_inquiry_url", &self.cs_inquiry_url),
            Upstream::Promotion => ("promotion_url", &self.promotion_url),
            Upstream::Claim => ("claim_url", &self.claim_url),
        }
    }
}

fn roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Role>, D::Error> {
    comma_list(deserializer)?
        .iter()
        .map(|name| Role::from_wire(name).ok_or_else(|| D::Error::custom(format!("`{name}` is no role"))))
        .collect()
}

/// A list, or the same as JSON text, which is how the environment can say it.
fn list_or_json<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ListOrJson {
        List(Vec<serde_json::Value>),
        Json(String),
    }
    let items = match ListOrJson::deserialize(deserializer)? {
        ListOrJson::List(items) => items,
        ListOrJson::Json(text) => serde_json::from_str(&text).map_err(D::Error::custom)?,
    };
    items.into_iter().map(|item| serde_json::from_value(item).map_err(D::Error::custom)).collect()
}

#[cfg(test)]
pub(crate) mod tests;
