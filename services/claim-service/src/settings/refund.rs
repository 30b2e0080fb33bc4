//! Who gives money back.

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RefundSettings {
    /// `local` or `toss`. A name that is neither is refused when the service starts.
    pub provider: String,
    pub toss: TossSettings,
}

impl Default for RefundSettings {
    fn default() -> Self {
        Self { provider: "local".to_owned(), toss: TossSettings::default() }
    }
}

/// The account at Toss Payments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TossSettings {
    pub base_url: String,
    pub secret_key: SecretString,
    pub connect_timeout_ms: u64,
    /// One call, from the first byte sent to the last received.
    pub timeout_ms: u64,
}

impl Default for TossSettings {
    fn default() -> Self {
        Self {
            base_url: "https://api.tosspayments.com".to_owned(),
            secret_key: SecretString::from(""),
            connect_timeout_ms: 2_000,
            timeout_ms: 10_000,
        }
    }
}
