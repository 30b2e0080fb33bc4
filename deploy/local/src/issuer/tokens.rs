//! The tokens of somebody who signed in.

use serde_json::{Value, json};

use super::Issuer;
use super::grants::Granted;
use crate::failure::Failure;
use crate::token::AUDIENCE;

/// How long an access token is good, in seconds.
const LIFE_S: i64 = 600;

/// The answer of the token endpoint. The access token is for the gateway, the other for the page: neither passes for the other.
pub(super) fn answer(issuer: &Issuer, granted: &Granted) -> Result<Value, Failure> {
    let person = granted.sign_in.person;
    let now = issuer.clock.now().timestamp();
    let (iss, until) = (&issuer.clients.iss, now.saturating_add(LIFE_S));
    let mut access = json!({
        "iss": iss, "aud": AUDIENCE, "sub": person.sub, "roles": [person.role], "siteNo": "1", "iat": now, "exp": until,
    });
    let mut identity = json!({
        "iss": iss, "aud": granted.sign_in.client_id, "sub": person.sub, "name": person.name,
        "auth_time": granted.sign_in.at.timestamp(), "iat": now, "exp": until,
    });
    set(&mut access, "mbrGradeCd", person.mbr_grade_cd);
    set(&mut identity, "nonce", granted.nonce.as_deref());
    Ok(json!({
        "access_token": issuer.signer.sign(&access)?,
        "id_token": issuer.signer.sign(&identity)?,
        "refresh_token": granted.refresh_token,
        "token_type": "Bearer",
        "expires_in": LIFE_S,
        "scope": "openid",
    }))
}

fn set(claims: &mut Value, name: &str, value: Option<&str>) {
    if let (Value::Object(claims), Some(value)) = (claims, value) {
        claims.insert(name.to_owned(), value.into());
    }
}
