//! How the tokens of guests are signed.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuestTokenSettings {
    /// A P-256 private key, PKCS#8 in PEM.
    pub key_file: PathBuf,
    /// The name of the key in the gateway's key set; without it the RFC 7638 thumbprint of the public key.
    #[serde(default)]
    pub key_id: Option<String>,
    #[serde(default = "default_issuer")]
    pub issuer: String,
    #[serde(default = "default_audience")]
    pub audience: String,
}

fn default_issuer() -> String {
    "member-service".to_owned()
}

fn default_audience() -> String {
    "order-aftercare".to_owned()
}
