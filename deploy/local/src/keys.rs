//! The keys of one local stack: made once, kept in the data directory, never shared.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RsaKeyPair};
use aws_lc_rs::{digest, rand};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::failure::{Context as _, Failure};
use crate::owner_only;

/// A directory of keys that is known to be complete.
#[derive(Clone, Debug)]
pub struct Keys {
    dir: PathBuf,
}

impl Keys {
    /// Opens the keys in `dir`, making them first where there are none.
    pub fn open_or_make(dir: &Path) -> Result<Self, Failure> {
        if !dir.is_dir() {
            make_whole(dir)?;
        }
        Ok(Self { dir: dir.to_owned() })
    }

    /// Signs the tokens of `make token`: RS256.
    pub fn local_issuer(&self) -> PathBuf {
        self.dir.join("local-issuer.pem")
    }

    pub fn local_issuer_jwks(&self) -> PathBuf {
        self.dir.join("local-issuer.jwks.json")
    }

    /// Signs the guests' tokens, which the member-service hands out: ES256.
    pub fn guest_issuer(&self) -> PathBuf {
        self.dir.join("guest-issuer.pem")
    }

    pub fn guest_issuer_jwks(&self) -> PathBuf {
        self.dir.join("guest-issuer.jwks.json")
    }

    /// What the gateway and the services know each other by, as base64.
    pub fn internal_secret(&self) -> Result<String, Failure> {
        read(&self.dir.join("internal.secret"))
    }

    /// What archived personal data is encrypted with, as base64.
    pub fn data_key(&self) -> Result<String, Failure> {
        read(&self.dir.join("data.key"))
    }

    /// The name under which the public half of a key is found.
    pub fn key_id(jwks: &Path) -> Result<String, Failure> {
        let set: Value = serde_json::from_str(&read(jwks)?).context(jwks.display())?;
        set.pointer("/keys/0/kid")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("{} names no key", jwks.display())))
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map(|text| text.trim().to_owned()).context(path.display())
}

/// Makes all keys beside their place and moves them there at once, so that two first commands at the same time, or one
/// cut short, never leave half a set.
fn make_whole(dir: &Path) -> Result<(), Failure> {
    let parent = dir.parent().ok_or_else(|| Failure::new("the keys need a directory to lie in"))?;
    owner_only::make_directory(parent).context(parent.display())?;
    let draft = parent.join(format!("keys.draft-{}", std::process::id()));
    fs::DirBuilder::new().mode(0o700).create(&draft).context(draft.display())?;
    let made = make_all(&draft);
    let moved = made.and_then(|()| match fs::rename(&draft, dir) {
        Err(_) if dir.is_dir() => Ok(()),
        other => other.context(dir.display()),
    });
    // After a move there is nothing left to remove.
    let _ = fs::remove_dir_all(&draft);
    moved
}

fn make_all(dir: &Path) -> Result<(), Failure> {
    let failed = |what: &'static str| move |_| Failure::new(format!("{what} can't be made"));

    let local = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed("an RSA key"))?;
    let der = local.as_der().map_err(failed("an RSA key"))?;
    let (modulus, exponent) = (local.public_key().modulus(), local.public_key().exponent());
    let jwk = rsa_jwk(modulus.big_endian_without_leading_zero(), exponent.big_endian_without_leading_zero());
    write_key(dir, "local-issuer", der.as_ref(), &jwk)?;

    let random = rand::SystemRandom::new();
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
        .map_err(failed("an EC key"))?;
    let guest = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref())
        .context("an EC key just made can't be read")?;
    write_key(dir, "guest-issuer", der.as_ref(), &ec_jwk(guest.public_key().as_ref())?)?;

    for name in ["internal.secret", "data.key"] {
        let mut secret = [0_u8; 32];
        rand::fill(&mut secret).map_err(failed("a secret"))?;
        write_private(&dir.join(name), &STANDARD.encode(secret))?;
    }
    Ok(())
}

fn write_key(dir: &Path, name: &str, pkcs8: &[u8], jwk: &Value) -> Result<(), Failure> {
    write_private(&dir.join(format!("{name}.pem")), &pem(pkcs8))?;
    write_private(&dir.join(format!("{name}.jwks.json")), &format!("{:#}\n", json!({ "keys": [jwk] })))
}

fn write_private(path: &Path, content: &str) -> Result<(), Failure> {
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).context(path.display())?;
    file.write_all(content.as_bytes()).context(path.display())
}

fn pem(pkcs8: &[u8]) -> String {
    let text = STANDARD.encode(pkcs8);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for (index, character) in text.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END PRIVATE KEY-----\n");
    pem
}

fn rsa_jwk(modulus: &[u8], exponent: &[u8]) -> Value {
    let (n, e) = (URL_SAFE_NO_PAD.encode(modulus), URL_SAFE_NO_PAD.encode(exponent));
    let kid = thumbprint(&format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#));
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e })
}

/// A P-256 point arrives as `04 || x || y`, each coordinate 32 bytes.
fn ec_jwk(point: &[u8]) -> Result<Value, Failure> {
    let (x, y) = match point {
        [4, coordinates @ ..] if coordinates.len() == 64 => coordinates.split_at(32),
        _ => return Err(Failure::new("an EC key just made is no P-256 point")),
    };
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    let kid = thumbprint(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#));
    Ok(json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": x, "y": y }))
}

/// RFC 7638: the name of a key is the digest of its public half, so that two stacks never share a name.
fn thumbprint(canonical: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, canonical.as_bytes()))
}

#[cfg(test)]
mod tests;
