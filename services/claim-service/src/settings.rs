//! What an operator decides; every key is explained in `config/default.toml`.

pub mod collection;
pub mod refund;

use db::DatabaseSettings;
use platform::http_client::ClientSettings;
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};

use serde::Deserialize;
use service_kit::outbox::worker::OutboxSettings;
use service_kit::sealer::DataKeySettings;

use self::collection::ReturnSettings;
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
    /// Refund accounts are sealed with a key derived from it.
    pub secrets: DataKeySettings,
    #[serde(default)]
    pub cancel: CancelSettings,
    #[serde(default)]
    pub returns: ReturnSettings,
    #[serde(default)]
    pub refund: RefundSettings,
}

/// 주문취소
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CancelSettings {
    /// How long the answer to a claim of any kind waits: for other claims of the order, and then for its own end.
    pub answer_deadline_ms: u64,
    /// Cancels that the process carries out at the same time, each from its acceptance on.
    pub at_once: usize,
    /// Years after an order that the archive keeps the refund accounts of a withdrawn member.
    pub archive_years: u32,
}

impl Default for CancelSettings {
    fn default() -> Self {
        Self { answer_deadline_ms: 2_000, at_once: 32, archive_years: 5 }
    }
}

/// Base URLs of the services it calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub member_url: String,
    pub inquiry_url: String,
    pub promotion_url: String,
}
