//! Signing keys and tokens, good and bad.

use std::sync::LazyLock;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The instant at which every test begins.
pub(crate) const NOW: i64 = 1_800_000_000;

pub(crate) static LOCAL: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::rsa("local-1"));
pub(crate) static OTHER_RSA: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::rsa("local-2"));
pub(crate) static GUESTS: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::ec("guest-1"));
pub(crate) static OTHER_EC: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::ec("guest-2"));

pub(crate) struct SigningKey {
    pub(crate) kid: &'static str,
    pair: Pair,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
}

impl SigningKey {
    fn rsa(kid: &'static str) -> Self {
        Self { kid, pair: Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()) }
    }

    fn ec(kid: &'static str) -> Self {
        Self { kid, pair: Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()) }
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Rsa(_) => "RS256",
            Pair::Ec(_) => "ES256",
        }
    }

    pub(crate) fn jwk(&self) -> Value {
        match &self.pair {
            Pair::Rsa(pair) => {
                let n = encode(pair.public_key().modulus().big_endian_without_leading_zero());
                json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": n, "e": "AQAB"})
            }
            Pair::Ec(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
                json!({"kty": "EC", "use": "sig", "alg": "ES256", "kid": self.kid, "crv": "P-256", "x": x, "y": y})
            }
        }
    }

    pub(crate) fn sign(&self, text: &str) -> Vec<u8> {
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
                signature
            }
            Pair::Ec(pair) => pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap().as_ref().to_vec(),
        }
    }
}

/// A key set as its issuer would publish it.
pub(crate) fn key_set(keys: &[&SigningKey]) -> String {
    json!({"keys": keys.iter().map(|key| key.jwk()).collect::<Vec<_>>()}).to_string()
}

/// A token in the making.
#[derive(Clone)]
pub(crate) struct Token {
    header: Value,
    claims: Value,
    key: &'static SigningKey,
}

impl Token {
    pub(crate) fn of(roles: &[&str], subject: &str) -> Self {
        let claims = json!({
            "iss": "local", "aud": "order-aftercare", "sub": subject, "roles": roles, "iat": NOW, "exp": NOW + 3600,
        });
        Self { header: json!({"alg": "RS256", "typ": "JWT", "kid": LOCAL.kid}), claims, key: &LOCAL }
    }

    pub(crate) fn member() -> Self {
        Self::of(&["member"], "100001311")
    }

    /// As member-service signs it.
    pub(crate) fn guest() -> Self {
        Self::of(&["guest"], "20230808O007404")
            .claim("iss", json!("member-service"))
            .claim("ordNo", json!("20230808O007404"))
            .signed_by(&GUESTS)
    }

    /// Sets a claim; null removes it.
    pub(crate) fn claim(mut self, name: &str, value: Value) -> Self {
        set(&mut self.claims, name, value);
        self
    }

    /// Sets a header field; null removes it.
    pub(crate) fn field(mut self, name: &str, value: Value) -> Self {
        set(&mut self.header, name, value);
        self
    }

    /// Another key, with its algorithm and id in the header.
    pub(crate) fn signed_by(mut self, key: &'static SigningKey) -> Self {
        self.key = key;
        self.field("alg", json!(key.algorithm())).field("kid", json!(key.kid))
    }

    /// Another key, while the header still says what it said.
    pub(crate) fn forged_by(mut self, key: &'static SigningKey) -> Self {
        self.key = key;
        self
    }

    /// Header and claims, as they are signed.
    pub(crate) fn text(&self) -> String {
        format!("{}.{}", encode(self.header.to_string()), encode(self.claims.to_string()))
    }

    pub(crate) fn sign(&self) -> String {
        let text = self.text();
        format!("{text}.{}", encode(self.key.sign(&text)))
    }

    /// Signed with a public key as if it were a shared secret.
    pub(crate) fn hmac_with(&self, secret: &[u8]) -> String {
        let text = self.text();
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), text.as_bytes());
        format!("{text}.{}", encode(tag.as_ref()))
    }
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn set(object: &mut Value, name: &str, value: Value) {
    if value.is_null() {
        object.as_object_mut().unwrap().remove(name);
    } else {
        object[name] = value;
    }
}
