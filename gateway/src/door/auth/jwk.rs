//! A JSON web key set, read into keys that can verify.

use std::collections::{HashMap, HashSet};

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::settings::Algorithm;

/// Sets larger than this are refused unread.
pub(crate) const MAX_SET_BYTES: usize = 256 * 1024;
const MIN_RSA_BITS: usize = 2048;
const MAX_RSA_BITS: usize = 8192;

/// The usable keys of one issuer, by key id.
#[derive(Debug, Default)]
pub(crate) struct KeySet {
    keys: HashMap<String, VerifyingKey>,
}

#[derive(Debug)]
struct VerifyingKey {
    key: DecodingKey,
    /// The one its issuer is pinned to.
    algorithm: jsonwebtoken::Algorithm,
    /// The public members only, as they may be shown to anyone.
    public_jwk: Value,
}

/// Why a whole set is not taken over.
#[derive(Debug, thiserror::Error)]
pub enum SetRefusal {
    #[error("key set is no JSON object with a list `keys`")]
    NotASet(#[from] serde_json::Error),
    #[error("key set names the key id `{0}` twice")]
    DuplicateKeyId(String),
    #[error("key set holds no usable key for {0}")]
    NoUsableKey(&'static str),
    #[error("key set is larger than {MAX_SET_BYTES} bytes")]
    TooLarge,
}

/// Why one key of a set is left out.
#[derive(Debug, thiserror::Error)]
enum KeyRefusal {
    #[error("it is meant for something else than verifying {0} signatures")]
    OtherPurpose(&'static str),
    #[error("it carries private members")]
    Private,
    #[error("a member is missing or no strict base64url")]
    Malformed,
    #[error("its modulus has {0} bits instead of {MIN_RSA_BITS} to {MAX_RSA_BITS}")]
    RsaSize(usize),
    #[error("its numbers form no public key")]
    NotAKey,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// The members of RFC 7517 and 7518 that matter here.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: String,
    #[serde(rename = "use")]
    public_use: Option<String>,
    alg: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    #[serde(default)]
    d: Value,
}

impl KeySet {
    /// Reads a set for an issuer pinned to `algorithm`.
    ///
    /// A key that doesn't fit is left out with a warning, so that one odd key can't take the good ones down. A key id
    /// that stands for two keys refuses the set: nobody could say which of them was meant.
    pub(crate) fn parse(bytes: &[u8], algorithm: Algorithm) -> Result<Self, SetRefusal> {
        if bytes.len() > MAX_SET_BYTES {
            return Err(SetRefusal::TooLarge);
        }
        let document: Document = serde_json::from_slice(bytes)?;
        let mut seen = HashSet::new();
        let mut keys = HashMap::new();
        for entry in &document.keys {
            let Some(kid) = entry.get("kid").and_then(Value::as_str) else {
                tracing::warn!("a key without an id is left out");
                continue;
            };
            if !seen.insert(kid) {
                return Err(SetRefusal::DuplicateKeyId(kid.to_owned()));
            }
            match VerifyingKey::parse(entry, algorithm) {
                Ok(key) => {
                    keys.insert(kid.to_owned(), key);
                }
                Err(refusal) => tracing::warn!(kid, reason = %refusal, "a key is left out"),
            }
        }
        if keys.is_empty() {
            return Err(SetRefusal::NoUsableKey(algorithm.name()));
        }
        Ok(Self { keys })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether `signature`, in base64url, stands for `text`, or None when the key id is unknown.
    pub(crate) fn verifies(&self, key_id: &str, text: &str, signature: &str) -> Option<bool> {
        let VerifyingKey { key, algorithm, .. } = self.keys.get(key_id)?;
        // What can't be checked does not hold.
        Some(jsonwebtoken::crypto::verify(signature, text.as_bytes(), key, *algorithm).unwrap_or(false))
    }

    pub(crate) fn public_jwks(&self) -> impl Iterator<Item = &Value> {
        self.keys.values().map(|key| &key.public_jwk)
    }
}

impl VerifyingKey {
    fn parse(entry: &Value, algorithm: Algorithm) -> Result<Self, KeyRefusal> {
        if !entry.is_object() {
            return Err(KeyRefusal::Malformed);
        }
        let jwk = Jwk::deserialize(entry).map_err(|_| KeyRefusal::Malformed)?;
        let (key_type, verified_as) = match algorithm {
            Algorithm::Rs256 => ("RSA", jsonwebtoken::Algorithm::RS256),
            Algorithm::Es256 => ("EC", jsonwebtoken::Algorithm::ES256),
        };
        let fits = jwk.kty == key_type
            && jwk.public_use.as_deref().is_none_or(|public_use| public_use == "sig")
            && jwk.alg.as_deref().is_none_or(|name| name == algorithm.name())
            && jwk.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|name| name == "verify"));
        if !fits {
            return Err(KeyRefusal::OtherPurpose(algorithm.name()));
        }
        if !jwk.d.is_null() {
            return Err(KeyRefusal::Private);
        }
        let mut public_jwk = json!({"kty": key_type, "kid": jwk.kid, "use": "sig", "alg": algorithm.name()});
        let key = match algorithm {
            Algorithm::Rs256 => {
                let (modulus, exponent) = (bytes_of(&jwk.n)?, bytes_of(&jwk.e)?);
                merge(&mut public_jwk, json!({"n": jwk.n, "e": jwk.e}));
                rsa_key(&modulus, &exponent)?
            }
            Algorithm::Es256 => {
                if jwk.crv.as_deref() != Some("P-256") {
                    return Err(KeyRefusal::OtherPurpose(algorithm.name()));
                }
                let (x, y) = (bytes_of(&jwk.x)?, bytes_of(&jwk.y)?);
                merge(&mut public_jwk, json!({"crv": "P-256", "x": jwk.x, "y": jwk.y}));
                p256_key(&x, &y)?
            }
        };
        Ok(Self { key, algorithm: verified_as, public_jwk })
    }
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Result<DecodingKey, KeyRefusal> {
    let (modulus, exponent) = (without_leading_zeros(modulus), without_leading_zeros(exponent));
    let leading_bits = modulus.first().map_or(0, |byte| usize::try_from(byte.leading_zeros()).unwrap_or(0));
    let bits = (modulus.len() * 8).saturating_sub(leading_bits);
    if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
        return Err(KeyRefusal::RsaSize(bits));
    }
    // An even modulus is no product of two odd primes; exponents of 1 and even ones sign nothing.
    let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    if !is_odd(modulus) || !is_odd(exponent) || exponent == [1] || exponent.len() > 8 {
        return Err(KeyRefusal::NotAKey);
    }
    // What verifies takes any numbers, and would only find out with the first token.
    RsaPublicKeyComponents { n: modulus, e: exponent }
        .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
        .map_err(|_| KeyRefusal::NotAKey)?;
    Ok(DecodingKey::from_rsa_raw_components(modulus, exponent))
}

fn p256_key(x: &[u8], y: &[u8]) -> Result<DecodingKey, KeyRefusal> {
    if x.len() != 32 || y.len() != 32 {
        return Err(KeyRefusal::Malformed);
    }
    let uncompressed_point = [&[4], x, y].concat();
    ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &uncompressed_point).map_err(|_| KeyRefusal::NotAKey)?;
    Ok(DecodingKey::from_ec_der(&uncompressed_point))
}

fn bytes_of(member: &Option<String>) -> Result<Vec<u8>, KeyRefusal> {
    member
        .as_deref()
        .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
        .filter(|bytes| !bytes.is_empty())
        .ok_or(KeyRefusal::Malformed)
}

fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

fn merge(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

#[cfg(test)]
mod tests;
