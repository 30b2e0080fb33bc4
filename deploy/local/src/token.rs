//! Tokens of the local development issuer.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use crate::failure::{Context as _, Failure};
use crate::keys::Keys;
use crate::settings::{Settings, Variables};

pub const ISSUER: &str = "local";
pub const AUDIENCE: &str = "order-aftercare";
const ROLES: [&str; 5] = ["member", "guest", "agent", "admin", "service"];

/// The token that the variables ask for.
pub(crate) fn print(
    settings: &Settings,
    variables: &Variables<'_>,
    now: DateTime<Utc>,
) -> Result<String, Failure> {
    let claims = asked_claims(variables, now)?;
    LocalIssuer::open(&Keys::open_or_make(&settings.keys_dir())?)?.sign(&claims)
}

/// Signs with the key whose public half the gateway publishes.
pub struct LocalIssuer {
    key: EncodingKey,
    header: Header,
}

impl LocalIssuer {
    pub fn open(keys: &Keys) -> Result<Self, Failure> {
        let path = keys.local_issuer();
        let pem = std::fs::read(&path).context(path.display())?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(Keys::key_id(&keys.local_issuer_jwks())?);
        Ok(Self { key: EncodingKey::from_rsa_pem(&pem).context(path.display())?, header })
    }

    pub fn sign(&self, claims: &Value) -> Result<String, Failure> {
        jsonwebtoken::encode(&self.header, claims, &self.key).context("the token can't be signed")
    }

    /// A token for the commands' own calls.
    pub fn service_token(&self, subject: &str, now: DateTime<Utc>) -> Result<String, Failure> {
        self.token("service", subject, now)
    }

    /// A token as one of this role has it.
    pub fn token(&self, role: &str, subject: &str, now: DateTime<Utc>) -> Result<String, Failure> {
        self.sign(&base_claims(subject, &[role], "1", 3600, now))
    }
}

fn base_claims(
    subject: &str,
    roles: &[&str],
    site_no: &str,
    seconds_valid: i64,
    now: DateTime<Utc>,
) -> Value {
    let issued_at = now.timestamp();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "roles": roles, "siteNo": site_no,
        "iat": issued_at, "exp": issued_at.saturating_add(seconds_valid),
    })
}

fn asked_claims(variables: &Variables<'_>, now: DateTime<Utc>) -> Result<Value, Failure> {
    let role = variables
        .get("ROLE")
        .ok_or_else(|| Failure::usage(format!("a token needs ROLE, one of {}", ROLES.join(", "))))?;
    let roles: Vec<&str> = role.split(',').map(str::trim).collect();
    if let Some(unknown) = roles.iter().find(|role| !ROLES.contains(role)) {
        return Err(Failure::usage(format!("ROLE={unknown} is none of {}", ROLES.join(", "))));
    }
    let subject = variables.get("SUB").ok_or_else(|| {
        Failure::usage(
            "a token needs SUB: a member number, an agent's or service's name, or a guest's order number",
        )
    })?;
    let site_no = variables.get("SITE").unwrap_or_else(|| "1".to_owned());
    let seconds_valid = variables.parsed("TTL", 3600, "a number of seconds")?;

    let mut claims = base_claims(&subject, &roles, &site_no, seconds_valid, now);
    if roles.contains(&"guest") {
        merge(&mut claims, Map::from_iter([("ordNo".to_owned(), json!(subject))]));
    }
    if let Some(grade) = variables.get("GRADE") {
        merge(&mut claims, Map::from_iter([("mbrGradeCd".to_owned(), json!(grade))]));
    }
    if let Some(text) = variables.get("CLAIMS") {
        let wanted = serde_json::from_str(&text)
            .map_err(|error| Failure::usage(format!("CLAIMS has to be a JSON object: {error}")))?;
        merge(&mut claims, wanted);
    }
    Ok(claims)
}

/// The newcomer wins; a null takes the claim away.
fn merge(claims: &mut Value, wanted: Map<String, Value>) {
    if let Value::Object(claims) = claims {
        for (name, value) in wanted {
            match value {
                Value::Null => claims.remove(&name),
                value => claims.insert(name, value),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::JwkSet;
    use jsonwebtoken::{DecodingKey, Validation};

    use super::*;

    fn claims_of(pairs: &[(&str, &str)]) -> Result<Value, Failure> {
        let given = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        asked_claims(&Variables::new(given, &|_| None), DateTime::from_timestamp(1_000, 0).unwrap())
    }

    #[test]
    fn a_member_is_its_number_for_an_hour() {
        assert_eq!(
            claims_of(&[("ROLE", "member"), ("SUB", "100001311"), ("GRADE", "30")]).unwrap(),
            json!({"iss": "local", "aud": "order-aftercare", "sub": "100001311", "roles": ["member"], "siteNo": "1",
                   "mbrGradeCd": "30", "iat": 1000, "exp": 4600})
        );
    }

    #[test]
    fn a_guest_is_bound_to_its_order() {
        let claims = claims_of(&[("ROLE", "guest"), ("SUB", "20260802O000002"), ("SITE", "2")]).unwrap();
        assert_eq!(claims["ordNo"], "20260802O000002");
        assert_eq!(claims["siteNo"], "2");
    }

    #[test]
    fn claims_come_last_and_null_removes() {
        let claims = claims_of(&[
            ("ROLE", "agent"),
            ("SUB", "agent-1"),
            ("TTL", "-60"),
            ("CLAIMS", r#"{"aud":"x","iat":null,"nbf":5}"#),
        ])
        .unwrap();
        assert_eq!(claims["exp"], 940);
        assert_eq!(claims["aud"], "x");
        assert_eq!(claims["nbf"], 5);
        assert_eq!(claims.get("iat"), None);
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert!(claims_of(&[("SUB", "1")]).unwrap_err().to_string().contains("ROLE"));
        assert!(claims_of(&[("ROLE", "king"), ("SUB", "1")]).unwrap_err().to_string().contains("king"));
        assert!(claims_of(&[("ROLE", "member")]).unwrap_err().to_string().contains("SUB"));
        assert!(
            claims_of(&[("ROLE", "member"), ("SUB", "1"), ("CLAIMS", "[]")]).unwrap_err().exit_code() == 2
        );
    }

    #[test]
    fn the_published_key_verifies_the_token() {
        let place = tempfile::tempdir().unwrap();
        let keys = Keys::open_or_make(&place.path().join("keys")).unwrap();
        let now = DateTime::from_timestamp(4_000_000_000, 0).unwrap();
        let token = LocalIssuer::open(&keys).unwrap().service_token("loader", now).unwrap();

        let set: JwkSet = serde_json::from_slice(&std::fs::read(keys.local_issuer_jwks()).unwrap()).unwrap();
        let kid = jsonwebtoken::decode_header(&token).unwrap().kid.unwrap();
        let key = DecodingKey::from_jwk(set.find(&kid).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[AUDIENCE]);
        let claims = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap().claims;
        assert_eq!(claims["roles"], json!(["service"]));
    }
}
