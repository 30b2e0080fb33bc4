//! What an operator decides; every key is explained in `config/default.toml`.

mod attachment;

use db::DatabaseSettings;
use platform::http_client::ClientSettings;
use platform::identity::IdentitySettings;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};

use serde::Deserialize;
use service_kit::outbox::worker::OutboxSettings;

use crate::domain::title_search::Limits;

pub use attachment::{AttachmentSettings, S3Settings, StoreKind};

/// Prefix of this service's variables in the environment.
pub const PREFIX: &str = "CS_INQUIRY";
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
    pub inquiry: InquirySettings,
    #[serde(default)]
    pub counsel: CounselSettings,
    #[serde(default)]
    pub search: SearchSettings,
    #[serde(default)]
    pub attachment: AttachmentSettings,
}

/// Base URLs of the sister services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamSettings {
    pub member_url: String,
    pub claim_url: String,
}

/// Decisions about inquiries.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InquirySettings {
    /// Under which type a question of the shop's Q&A is taken over.
    pub transfer_type_no: i64,
    /// How long inquiries are kept after their last event.
    pub retention_years: u32,
    /// How long it is kept who looked at personal data.
    pub access_record_years: u32,
    /// How long after a page was shown the next one goes on exactly behind it.
    pub page_continues_minutes: u32,
    /// How often the daily counts and the versions of the days are folded.
    pub fold_seconds: u64,
}

impl Default for InquirySettings {
    fn default() -> Self {
        Self {
            transfer_type_no: 4010,
            retention_years: 3,
            access_record_years: 2,
            page_continues_minutes: 30,
            fold_seconds: 5,
        }
    }
}

/// Decisions about the agents' desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CounselSettings {
    /// An agent who has so many inquiries in process is given no next one.
    pub max_open: u32,
    /// So many drafts of answers an agent may have.
    pub max_drafts: u32,
    /// How long a draft is kept after its last change.
    pub draft_days: u32,
}

impl Default for CounselSettings {
    fn default() -> Self {
        Self { max_open: 10, max_drafts: 100, draft_days: 30 }
    }
}

/// How parts of titles are searched.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SearchSettings {
    /// A part that fewer titles have is looked up each time.
    pub rare: u32,
    /// So many titles are rather read than looked up.
    pub few_titles: u32,
    /// The same where a status, a type or an agent is asked for as well.
    pub few_inquiries: u32,
    /// For so many days, of all searches together, it is kept how many inquiries they found.
    pub kept_days: usize,
}

impl SearchSettings {
    pub fn limits(&self) -> Limits {
        Limits {
            rare: self.rare.into(),
            few_titles: self.few_titles.into(),
            few_inquiries: self.few_inquiries.into(),
        }
    }
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { rare: 20_000, few_titles: 100_000, few_inquiries: 10_000, kept_days: 200_000 }
    }
}
