//! Texts that only the service with the data key can read: AES-256-GCM under keys derived from one data key.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

const KEY_LENGTH: usize = 32;

/// The key all others come from.
pub struct DataKey(Prk);

/// Seals and opens texts of one purpose.
#[derive(Clone)]
pub struct Sealer(Arc<RandomizedNonceKey>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the data key is not 32 bytes in base64")]
    MalformedKey,
    #[error("the text can't be sealed")]
    NotSealed,
    #[error("the sealed text was made with another key, for another purpose, or is damaged")]
    NotOpened,
}

impl DataKey {
    pub fn from_base64(text: &SecretString) -> Result<Self, SealError> {
        let key = STANDARD.decode(text.expose_secret().trim()).map(Zeroizing::new);
        let key = key.map_err(|_| SealError::MalformedKey)?;
        if key.len() != KEY_LENGTH {
            return Err(SealError::MalformedKey);
        }
        Ok(Self(Salt::new(HKDF_SHA256, &[]).extract(&key)))
    }

    /// A sealer whose texts no other purpose can open.
    pub fn sealer(&self, purpose: &str) -> Sealer {
        let key = self.derived(purpose);
        Sealer(Arc::new(RandomizedNonceKey::new(&AES_256_GCM, &*key).expect("32 bytes are a key of AES-256")))
    }

    /// A key for one purpose, from which no other can be told.
    pub fn derived(&self, purpose: &str) -> Zeroizing<[u8; KEY_LENGTH]> {
        let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
        self.0
            .expand(&[purpose.as_bytes()], KeyLength)
            .and_then(|derived| derived.fill(&mut *key))
            .expect("HKDF gives 32 bytes of any key");
        key
    }
}

struct KeyLength;

impl KeyType for KeyLength {
    fn len(&self) -> usize {
        KEY_LENGTH
    }
}

impl Sealer {
    /// Seals a text. `about` is not hidden, but the text opens only together with the same one.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<String, SealError> {
        let mut text = plain.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(about.as_bytes()), &mut text)
            .map_err(|_| SealError::NotSealed)?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut text);
        Ok(STANDARD.encode(sealed))
    }

    pub fn open(&self, about: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let mut sealed = STANDARD.decode(sealed).map_err(|_| SealError::NotOpened)?;
        let (nonce, text) = sealed.split_at_mut_checked(NONCE_LEN).ok_or(SealError::NotOpened)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::NotOpened)?;
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(about.as_bytes()), text)
            .map_err(|_| SealError::NotOpened)?;
        Ok(Zeroizing::new(plain.to_vec()))
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_key(byte: u8) -> DataKey {
        DataKey::from_base64(&STANDARD.encode([byte; KEY_LENGTH]).into()).expect("32 bytes")
    }

    #[test]
    fn only_the_same_key_purpose_and_subject_open_a_text() {
        let sealer = data_key(1).sealer("outbox");
        let sealed = sealer.seal("noti:1", "홍길동".as_bytes()).expect("sealed");
        assert_eq!(sealer.open("noti:1", &sealed).expect("opened").as_slice(), "홍길동".as_bytes());

        assert_eq!(sealer.open("noti:2", &sealed), Err(SealError::NotOpened));
        assert_eq!(data_key(1).sealer("archive").open("noti:1", &sealed), Err(SealError::NotOpened));
        assert_eq!(data_key(2).sealer("outbox").open("noti:1", &sealed), Err(SealError::NotOpened));
        for damaged in ["", "AAAA", "not base64!", &sealed[..sealed.len() - 8]] {
            assert_eq!(sealer.open("noti:1", damaged), Err(SealError::NotOpened), "{damaged}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way() {
        let sealer = data_key(1).sealer("outbox");
        assert_ne!(sealer.seal("a", b"x"), sealer.seal("a", b"x"));
    }

    #[test]
    fn a_data_key_has_32_bytes() {
        for bad in ["", "AAAA", "not base64!"] {
            assert_eq!(DataKey::from_base64(&bad.into()).err(), Some(SealError::MalformedKey));
        }
    }
}
