//! 비회원 토큰: signed here, checked by the gateway against the public half of the key.

use std::fs;
use std::io;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use commerce::{OrderNo, SiteNo};
use contract::operations::Role;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use platform::clock::Clock;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::settings::guest_token::GuestTokenSettings;

/// Seconds a guest token is good for (contract, section 2: 30 minutes).
pub const LIFETIME_SECONDS: i64 = 30 * 60;

/// Signs the tokens of guests.
#[derive(Clone)]
pub struct GuestTokens(Arc<Signer>);

struct Signer {
    key: EncodingKey,
    header: Header,
    issuer: String,
    audience: String,
    clock: Clock,
}

#[derive(Debug, thiserror::Error)]
pub enum GuestTokenError {
    #[error("`{path}` can't be read: {source}")]
    Unreadable { path: String, source: io::Error },
    #[error("`{path}` holds no P-256 private key in PKCS#8 PEM")]
    NoKey { path: String },
    #[error("the token can't be signed")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    roles: [&'static str; 1],
    site_no: &'a str,
    ord_no: &'a str,
    iat: i64,
    exp: i64,
}

impl GuestTokens {
    pub fn open(settings: &GuestTokenSettings, clock: Clock) -> Result<Self, GuestTokenError> {
        let path = settings.key_file.display().to_string();
        let pem = fs::read_to_string(&settings.key_file)
            .map(Zeroizing::new)
            .map_err(|source| GuestTokenError::Unreadable { path: path.clone(), source })?;
        let no_key = || GuestTokenError::NoKey { path: path.clone() };
        let der = der_of(&pem).ok_or_else(no_key)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).map_err(|_| no_key())?;
        let mut header = Header::new(Algorithm::ES256);
        header.kid = match settings.key_id.as_ref().filter(|key_id| !key_id.is_empty()) {
            Some(key_id) => Some(key_id.clone()),
            None => Some(thumbprint(pair.public_key().as_ref()).ok_or_else(no_key)?),
        };
        let signer = Signer {
            key: EncodingKey::from_ec_pem(pem.as_bytes()).map_err(|_| no_key())?,
            header,
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            clock,
        };
        Ok(Self(Arc::new(signer)))
    }

    /// A token that opens one order on its site.
    pub fn sign(&self, order_no: &OrderNo, site_no: &SiteNo) -> Result<String, GuestTokenError> {
        let signer = &*self.0;
        let issued_at = signer.clock.now().timestamp();
        let claims = Claims {
            iss: &signer.issuer,
            aud: &signer.audience,
            sub: order_no.as_str(),
            roles: [Role::Guest.wire()],
            site_no: site_no.as_str(),
            ord_no: order_no.as_str(),
            iat: issued_at,
            exp: issued_at.saturating_add(LIFETIME_SECONDS),
        };
        Ok(jsonwebtoken::encode(&signer.header, &claims, &signer.key)?)
    }
}

fn der_of(pem: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let body: Zeroizing<String> = Zeroizing::new(body.split_whitespace().collect());
    STANDARD.decode(body.as_bytes()).ok().map(Zeroizing::new)
}

/// RFC 7638: the digest of the public key as a JWK with its members in order. The point arrives as `04 || x || y`.
fn thumbprint(point: &[u8]) -> Option<String> {
    let (x, y) = match point {
        [4, coordinates @ ..] if coordinates.len() == 64 => coordinates.split_at(32),
        _ => return None,
    };
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    let jwk = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    Some(URL_SAFE_NO_PAD.encode(digest(&SHA256, jwk.as_bytes())))
}

#[cfg(test)]
mod tests;
