//! What the gateway has to know to serve the agents' desk.

use std::collections::BTreeMap;

use platform::config::comma_list;
use serde::Deserialize;
use url::Url;

use super::{IssuerSettings, SettingsError};

/// What the page itself says to the provider; nobody else may.
const OWN_PARAMS: [&str; 9] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    pub enabled: bool,
    pub issuer: String,
    pub client_id: String,
    pub scope: String,
    pub extra_params: BTreeMap<String, String>,
    pub idle_lock_min: u32,
    pub poll_s: u32,
    pub undo_s: u32,
    #[serde(deserialize_with = "comma_list")]
    pub image_origins: Vec<String>,
    pub label: String,
}

impl DeskSettings {
    pub(super) fn check(&self, issuers: &[IssuerSettings]) -> Result<(), SettingsError> {
        if !self.enabled {
            return Ok(());
        }
        let or =
            |is_right, name, reason| if is_right { Ok(()) } else { Err(SettingsError::Desk(name, reason)) };
        or(
            issuers.iter().any(|known| known.iss == self.issuer),
            "issuer",
            "must be the `iss` of one of `issuers`",
        )?;
        or(
            self.issuer_origin().is_some(),
            "issuer",
            "must be an https address (http only on this machine): the page finds the provider there",
        )?;
        or(!self.client_id.is_empty(), "client_id", "is missing: the provider knows the desk by it")?;
        or(self.scope.split(' ').any(|word| word == "openid"), "scope", "must contain openid")?;
        or(
            !self.extra_params.keys().any(|name| OWN_PARAMS.contains(&name.as_str())),
            "extra_params",
            "names a parameter that the page itself sends",
        )?;
        or((1..=60).contains(&self.idle_lock_min), "idle_lock_min", "must be 1 to 60")?;
        or((1..=300).contains(&self.poll_s), "poll_s", "must be 1 to 300")?;
        or(self.undo_s <= 30, "undo_s", "must be at most 30")?;
        or(
            self.image_origins.iter().all(|origin| https_origin(origin).is_some_and(|own| own == *origin)),
            "image_origins",
            "must be origins such as https://img.shop.example",
        )
    }

    /// Where the page finds its provider; None where that is no address.
    pub(crate) fn issuer_origin(&self) -> Option<String> {
        https_origin(&self.issuer)
    }
}

/// The origin of an address that may stand in the page's policy.
fn https_origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_here;
    let origin = url.origin().ascii_serialization();
    // A policy's parts end at these.
    (is_safe && !origin.contains([';', ',', ' '])).then_some(origin)
}
