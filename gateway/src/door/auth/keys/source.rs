//! Where an issuer's key set is read from.

use std::path::PathBuf;
use std::time::Duration;

use platform::loopback::{is_loopback, is_private_way};
use url::Url;

use crate::door::auth::jwk::{MAX_SET_BYTES, SetRefusal};
use crate::settings::{IssuerSettings, KeySettings};

#[derive(Debug)]
pub(super) enum Source {
    File(PathBuf),
    Url { url: Url, client: reqwest::Client },
}

#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("issuer `{0}` needs either `jwks_file` or `jwks_url`")]
    NeitherNor(String),
    #[error("`jwks_url` of issuer `{0}` must begin with https:// (http:// only for this machine)")]
    NotHttps(String),
    #[error("the key set file `{0}` can't be read")]
    File(PathBuf, #[source] std::io::Error),
    #[error("the certificates in `{0}` can't be read")]
    Ca(PathBuf, #[source] std::io::Error),
    #[error("`{0}` holds no usable certificate")]
    NoCertificate(PathBuf),
    #[error("the key set can't be fetched")]
    Fetch(#[from] reqwest::Error),
    #[error("the key set's address answered {0}")]
    Status(u16),
    #[error("the key set is refused")]
    Set(#[source] SetRefusal),
}

impl Source {
    pub(super) fn new(issuer: &IssuerSettings, settings: &KeySettings) -> Result<Self, SourceError> {
        match (&issuer.jwks_file, &issuer.jwks_url) {
            (Some(path), None) => Ok(Self::File(path.clone())),
            (None, Some(url)) => {
                let is_local = is_loopback(url);
                if !is_private_way(url) {
                    return Err(SourceError::NotHttps(issuer.iss.clone()));
                }
                let client = reqwest::Client::builder()
                    .timeout(Duration::from_millis(settings.fetch_timeout_ms))
                    // A redirect could lead from https to anywhere.
                    .redirect(reqwest::redirect::Policy::none());
                let client = if is_local { client.no_proxy() } else { client };
                let client = match &issuer.jwks_ca_file {
                    Some(path) => client.tls_certs_only(certificates(path)?),
                    None => client,
                };
                Ok(Self::Url { url: url.clone(), client: client.build()? })
            }
            _ => Err(SourceError::NeitherNor(issuer.iss.clone())),
        }
    }

    pub(super) async fn read(&self) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::File(path) => {
                let bytes =
                    tokio::fs::read(path).await.map_err(|error| SourceError::File(path.clone(), error))?;
                Ok(bytes)
            }
            Self::Url { url, client } => {
                let mut response =
                    client.get(url.clone()).header("accept", "application/json").send().await?;
                if response.status() != reqwest::StatusCode::OK {
                    return Err(SourceError::Status(response.status().as_u16()));
                }
                let mut bytes = Vec::new();
                while let Some(chunk) = response.chunk().await? {
                    if bytes.len() + chunk.len() > MAX_SET_BYTES {
                        return Err(SourceError::Set(SetRefusal::TooLarge));
                    }
                    bytes.extend_from_slice(&chunk);
                }
                Ok(bytes)
            }
        }
    }
}

fn certificates(path: &PathBuf) -> Result<Vec<reqwest::Certificate>, SourceError> {
    let pem = std::fs::read(path).map_err(|error| SourceError::Ca(path.clone(), error))?;
    match reqwest::Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) | Err(_) => Err(SourceError::NoCertificate(path.clone())),
    }
}
