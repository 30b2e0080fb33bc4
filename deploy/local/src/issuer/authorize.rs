//! What a page asks for when it sends somebody here, judged before anybody is shown anything.

use std::collections::HashMap;

use url::form_urlencoded;

use super::clients::{Client, Clients};

/// State and nonce are the page's own; longer than this they are no random numbers.
const LONGEST: usize = 512;
/// SHA-256 in base64url.
const CHALLENGE_LENGTH: usize = 43;

/// A form or a query in which every name stands once.
#[derive(Debug)]
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// None where a name stands twice: two readers might take different ones.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let mut fields = HashMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if fields.insert(name.into_owned(), value.into_owned()).is_some() {
                return None;
            }
        }
        Some(Self(fields))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What may be answered with a code.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) client: &'a Client,
    pub(super) redirect_uri: &'a str,
    pub(super) state: &'a str,
    pub(super) nonce: &'a str,
    pub(super) challenge: &'a str,
}

#[derive(Debug)]
pub(super) enum Refused<'a> {
    /// Nobody is sent to an address that is not known.
    Here(&'static str),
    /// The page is told.
    There { redirect_uri: &'a str, state: Option<&'a str>, error: &'static str },
}

impl<'a> Asked<'a> {
    pub(super) fn read(fields: &'a Fields, clients: &'a Clients) -> Result<Self, Refused<'a>> {
        let client = fields.get("client_id").and_then(|id| clients.find(id));
        let client = client.ok_or(Refused::Here("client_id를 알 수 없습니다."))?;
        let redirect_uri = fields
            .get("redirect_uri")
            .filter(|asked| client.redirect_uris.iter().any(|known| known == asked))
            .ok_or(Refused::Here("redirect_uri가 등록된 주소가 아닙니다."))?;
        let state = fields.get("state").filter(|state| state.len() <= LONGEST);
        let or = |is_right: bool, error| {
            if is_right { Ok(()) } else { Err(Refused::There { redirect_uri, state, error }) }
        };
        or(fields.get("request").is_none(), "request_not_supported")?;
        or(fields.get("request_uri").is_none(), "request_uri_not_supported")?;
        or(fields.get("response_type") == Some("code"), "unsupported_response_type")?;
        or(fields.get("response_mode").is_none_or(|mode| mode == "query"), "invalid_request")?;
        or(
            fields.get("scope").is_some_and(|scope| scope.split(' ').any(|word| word == "openid")),
            "invalid_scope",
        )?;
        or(fields.get("code_challenge_method") == Some("S256"), "invalid_request")?;
        // Nobody is remembered here, so everybody picks anew.
        or(fields.get("prompt") != Some("none"), "login_required")?;
        let refused = Refused::There { redirect_uri, state, error: "invalid_request" };
        let challenge = fields.get("code_challenge").filter(|text| {
            text.len() == CHALLENGE_LENGTH
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        });
        let nonce = fields.get("nonce").filter(|nonce| nonce.len() <= LONGEST);
        match (state, nonce, challenge) {
            (Some(state), Some(nonce), Some(challenge)) => {
                Ok(Self { client, redirect_uri, state, nonce, challenge })
            }
            _ => Err(refused),
        }
    }
}

/// The way back, with what the page is told.
pub(super) fn way_back(redirect_uri: &str, iss: &str, told: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(told).append_pair("iss", iss);
    format!("{redirect_uri}?{}", query.finish())
}
